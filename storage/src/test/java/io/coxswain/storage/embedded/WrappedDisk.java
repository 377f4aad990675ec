package io.coxswain.storage.embedded;

import io.coxswain.storage.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// A disk that passes everything on; a test says what is different.
class WrappedDisk implements Disk {

    private final Disk disk;

    WrappedDisk(Disk disk) {
        this.disk = disk;
    }

    /// Before every read from a file.
    void reading(String file) throws IOException {}

    /// Instead of a force of a file.
    void force(OpenFile file) throws IOException {
        file.force();
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list();
    }

    @Override
    public long size(String name) throws IOException {
        return disk.size(name);
    }

    @Override
    public OpenFile create(String name) throws IOException {
        return new Handle(name, disk.create(name));
    }

    @Override
    public OpenFile open(String name) throws IOException {
        return new Handle(name, disk.open(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public void force() throws IOException {
        disk.force();
    }

    @Override
    public Closeable lock(String name) throws IOException {
        return disk.lock(name);
    }

    @Override
    public String toString() {
        return disk.toString();
    }

    private final class Handle implements OpenFile {
        private final String name;
        private final OpenFile file;

        Handle(String name, OpenFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            reading(name);
            return file.read(position, into, offset, length);
        }

        @Override
        public void append(byte[] bytes, int offset, int length) throws IOException {
            file.append(bytes, offset, length);
        }

        @Override
        public void reserve(int stepBytes) throws IOException {
            file.reserve(stepBytes);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            WrappedDisk.this.force(file);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

package io.coxswain.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// A disk that passes everything on to another; those who derive from it say what is different.
public class ForwardingDisk implements Disk {

    private final Disk disk;

    public ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

    /// What a file that was created or opened is to be used through.
    protected OpenFile through(String name, OpenFile file) {
        return file;
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
        return through(name, disk.create(name));
    }

    @Override
    public OpenFile open(String name) throws IOException {
        return through(name, disk.open(name));
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

    /// A file that passes everything on to another.
    public static class ForwardingFile implements OpenFile {

        private final OpenFile file;

        public ForwardingFile(OpenFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
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
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

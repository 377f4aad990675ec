package io.coxswain.bench.linear;

import io.coxswain.base.Clock;
import io.coxswain.storage.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A disk that every now and then takes its time to force what was written.
record SlowDisk(Disk disk) implements Disk {

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
        return new Handle(disk.create(name));
    }

    @Override
    public OpenFile open(String name) throws IOException {
        return new Handle(disk.open(name));
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

    private record Handle(Disk.OpenFile file) implements Disk.OpenFile {
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
            var luck = ThreadLocalRandom.current().nextInt(100);
            if (luck < 20) {
                Clock.SYSTEM.pause(Duration.ofMillis(luck == 0 ? 900 : luck));
            }
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

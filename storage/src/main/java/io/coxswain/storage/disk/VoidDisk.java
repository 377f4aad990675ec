package io.coxswain.storage.disk;

import java.io.Closeable;
import java.util.List;

/// A disk that keeps nothing, for a store that is not to outlive its process anyway.
public final class VoidDisk implements Disk {

    @Override
    public List<String> list() {
        return List.of();
    }

    @Override
    public long size(String name) {
        return 0;
    }

    @Override
    public OpenFile create(String name) {
        return new Handle();
    }

    @Override
    public OpenFile open(String name) {
        return new Handle();
    }

    @Override
    public void rename(String from, String to) {}

    @Override
    public void delete(String name) {}

    @Override
    public void force() {}

    @Override
    public Closeable lock(String name) {
        return () -> {};
    }

    @Override
    public String toString() {
        return "no disk";
    }

    private static final class Handle implements OpenFile {

        @Override
        public long size() {
            return 0;
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) {
            return -1;
        }

        @Override
        public void append(byte[] bytes, int offset, int length) {}

        @Override
        public void reserve(int stepBytes) {}

        @Override
        public void truncate(long size) {}

        @Override
        public void force() {}

        @Override
        public void close() {}
    }
}

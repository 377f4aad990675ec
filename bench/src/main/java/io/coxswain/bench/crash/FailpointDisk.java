package io.coxswain.bench.crash;

import io.coxswain.storage.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk on which the process dies at a failpoint, at once and without a trace.
final class FailpointDisk implements Disk {

    private final Disk disk;
    private final Failpoint point;
    private final AtomicInteger count = new AtomicInteger();

    FailpointDisk(Disk disk, Failpoint point) {
        this.disk = disk;
        this.point = point;
    }

    /// A step that may be the last.
    private interface Step {
        void run() throws IOException;
    }

    private void step(String operation, String kind, Step half, Step whole) throws IOException {
        if (!operation.equals(point.operation()) || !kind.equals(point.kind())) {
            whole.run();
            return;
        }
        if (count.incrementAndGet() != point.number()) {
            whole.run();
            return;
        }
        switch (point.phase()) {
            case BEFORE -> {}
            case HALF -> half.run();
            case AFTER -> whole.run();
        }
        Runtime.getRuntime().halt(Failpoint.STATUS);
    }

    private void step(String operation, String file, Step whole) throws IOException {
        step(operation, Failpoint.kind(file), () -> {}, whole);
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
        var made = new OpenFile[1];
        step("create", name, () -> made[0] = disk.create(name));
        return new Handle(Failpoint.kind(name), made[0]);
    }

    @Override
    public OpenFile open(String name) throws IOException {
        return new Handle(Failpoint.kind(name), disk.open(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        step("rename", from, () -> disk.rename(from, to));
    }

    @Override
    public void delete(String name) throws IOException {
        step("delete", name, () -> disk.delete(name));
    }

    @Override
    public void force() throws IOException {
        step("force", "names", () -> {}, disk::force);
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
        private final String kind;
        private final OpenFile file;

        Handle(String kind, OpenFile file) {
            this.kind = kind;
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
            step(
                    "append",
                    kind,
                    () -> file.append(bytes, offset, length / 2),
                    () -> file.append(bytes, offset, length));
        }

        @Override
        public void reserve(int stepBytes) throws IOException {
            file.reserve(stepBytes);
        }

        @Override
        public void truncate(long size) throws IOException {
            step("truncate", kind, () -> {}, () -> file.truncate(size));
        }

        @Override
        public void force() throws IOException {
            step("force", kind, () -> {}, file::force);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

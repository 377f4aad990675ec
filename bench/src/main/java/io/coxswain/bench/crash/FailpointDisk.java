package io.coxswain.bench.crash;

import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.ForwardingDisk;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk on which the process dies at a failpoint, at once and without a trace.
final class FailpointDisk extends ForwardingDisk {

    private final Failpoint point;
    private final AtomicInteger count = new AtomicInteger();

    FailpointDisk(Disk disk, Failpoint point) {
        super(disk);
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
    public OpenFile create(String name) throws IOException {
        var made = new OpenFile[1];
        step("create", name, () -> made[0] = super.create(name));
        return made[0];
    }

    @Override
    public void rename(String from, String to) throws IOException {
        step("rename", from, () -> super.rename(from, to));
    }

    @Override
    public void delete(String name) throws IOException {
        step("delete", name, () -> super.delete(name));
    }

    @Override
    public void force() throws IOException {
        step("force", "names", () -> {}, super::force);
    }

    @Override
    protected OpenFile through(String name, OpenFile file) {
        return new Handle(Failpoint.kind(name), file);
    }

    private final class Handle extends ForwardingFile {
        private final String kind;

        Handle(String kind, OpenFile file) {
            super(file);
            this.kind = kind;
        }

        @Override
        public void append(byte[] bytes, int offset, int length) throws IOException {
            step(
                    "append",
                    kind,
                    () -> super.append(bytes, offset, length / 2),
                    () -> super.append(bytes, offset, length));
        }

        @Override
        public void truncate(long size) throws IOException {
            step("truncate", kind, () -> {}, () -> super.truncate(size));
        }

        @Override
        public void force() throws IOException {
            step("force", kind, () -> {}, super::force);
        }
    }
}

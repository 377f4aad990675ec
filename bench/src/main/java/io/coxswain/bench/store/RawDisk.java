package io.coxswain.bench.store;

import io.coxswain.base.Clock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;

/// The limit of a disk: append and fsync, and nothing else, into a file that has its length.
final class RawDisk {

    private static final Clock CLOCK = Clock.SYSTEM;
    private static final int FILE_BYTES = 32 << 20;

    private RawDisk() {}

    /// Records of 1 KB a second when `group` of them share one fsync.
    static double perSecond(Path file, int group, Duration time) throws IOException {
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            if (out.length() < FILE_BYTES) {
                out.write(new byte[FILE_BYTES]);
                out.getFD().sync();
            }
            out.seek(0);
            var record = new byte[Puts.VALUE_BYTES * group];
            var began = CLOCK.nanos();
            var count = 0L;
            while (CLOCK.nanos() - began < time.toNanos()) {
                if (out.getFilePointer() + record.length > FILE_BYTES) {
                    out.seek(0);
                }
                out.write(record);
                out.getFD().sync();
                count += group;
            }
            return count / ((CLOCK.nanos() - began) / 1e9);
        }
    }
}

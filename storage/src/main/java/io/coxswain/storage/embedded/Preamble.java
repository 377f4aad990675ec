package io.coxswain.storage.embedded;

import io.coxswain.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The first bytes of a log segment or snapshot file.
///
/// ```
/// magic     8 bytes: CXSTORE1
/// kind      4: 1 = log, 2 = snapshot
/// segment   8: the log segment's number; for a snapshot the first segment that comes after it
/// revision  8: the snapshot's revision; 0 for a log
/// nonce     8: mixed into every checksum of the file
/// checksum  4: CRC32C of the above
/// ```
/// Thanks to the nonce no object can contain bytes that would pass for a frame of the log.
record Preamble(Kind kind, long segment, long revision, long nonce) {

    static final int BYTES = 40;
    private static final long MAGIC = 0x4358_5354_4F52_4531L;

    enum Kind {
        LOG(1),
        SNAPSHOT(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    byte[] encode() {
        var out = ByteBuffer.allocate(BYTES);
        out.putLong(MAGIC).putInt(kind.code).putLong(segment);
        out.putLong(revision).putLong(nonce);
        out.putInt(checksum(out.array()));
        return out.array();
    }

    /// Reads and checks the preamble of `file`.
    static Preamble read(Disk.OpenFile file, String name, Kind kind) throws IOException {
        var bytes = new byte[BYTES];
        var count = 0;
        while (count < BYTES) {
            var more = file.read(count, bytes, count, BYTES - count);
            if (more < 0) {
                throw new CorruptionException(name, count, "the file ends in its preamble");
            }
            count += more;
        }
        var in = ByteBuffer.wrap(bytes);
        if (in.getInt(BYTES - 4) != checksum(bytes)) {
            throw new CorruptionException(name, 0, "the preamble's checksum is wrong");
        }
        if (in.getLong() != MAGIC || in.getInt() != kind.code) {
            throw new CorruptionException(name, 0, "this is not a " + kind + " file of format 1");
        }
        return new Preamble(kind, in.getLong(), in.getLong(), in.getLong());
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, BYTES - 4);
        return (int) crc.getValue();
    }
}

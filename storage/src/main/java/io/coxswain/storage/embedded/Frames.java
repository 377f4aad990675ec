package io.coxswain.storage.embedded;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Writes and checks frames: the unit that is wholly there or not at all.
///
/// A group of writes that shares one force is one frame, and the next frame is written only after
/// that force. So at most the last frame of a log can be torn by a crash, and an invalid frame with
/// a valid one behind it is damage.
/// ```
/// magic     4
/// length    4: bytes of the records
/// count     4: how many records
/// checksum  4: CRC32C of the file's nonce, the rest of this header and the records
/// revision  8: of the first record; 0 in snapshots
/// time      8: epoch milliseconds
/// records   see Records
/// ```
final class Frames {

    static final int HEADER_BYTES = 32;
    static final int MAGIC = 0x43_58_46_31;

    private Frames() {}

    /// What stands before the records.
    record FrameHeader(int length, int count, int checksum, long revision, long epochMillis) {}

    /// Starts a frame in `out`; the records follow, then [#seal].
    static int start(Bytes out) {
        return out.skip(HEADER_BYTES);
    }

    static void seal(Bytes out, int start, int count, long revision, long epochMillis, long nonce) {
        var view = out.view();
        var length = out.length() - start - HEADER_BYTES;
        view.putInt(start, MAGIC);
        view.putInt(start + 4, length);
        view.putInt(start + 8, count);
        view.putLong(start + 16, revision);
        view.putLong(start + 24, epochMillis);
        view.putInt(start + 12, checksum(view, start, length, nonce));
    }

    /// The header at `start`, which has [#HEADER_BYTES] bytes behind it.
    static FrameHeader header(ByteBuffer in, int start) {
        return new FrameHeader(
                in.getInt(start + 4),
                in.getInt(start + 8),
                in.getInt(start + 12),
                in.getLong(start + 16),
                in.getLong(start + 24));
    }

    static boolean startsAt(ByteBuffer in, int start) {
        return in.getInt(start) == MAGIC;
    }

    static int checksum(ByteBuffer in, int start, int length, long nonce) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(8).putLong(0, nonce));
        crc.update(in.slice(start, 12));
        crc.update(in.slice(start + 16, HEADER_BYTES - 16 + length));
        return (int) crc.getValue();
    }
}

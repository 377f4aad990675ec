package io.coxswain.http.netty;

import io.coxswain.http.Payload;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Gathers the body of a request, up to a limit. Memory follows what has come, not what was
/// announced.
final class BodyCollector {

    private static final int ANNOUNCED_BYTES_MAX = 64 << 10;
    private static final byte[] NOTHING = new byte[0];

    private final int bytesMax;
    private byte[] bytes;
    private int length;

    /// @param announced the content length; negative when it is not known
    BodyCollector(long announced, int bytesMax) {
        this.bytesMax = bytesMax;
        this.bytes =
                announced <= 0 ? NOTHING : new byte[(int) Math.min(announced, ANNOUNCED_BYTES_MAX)];
    }

    /// False when the body is too long.
    boolean add(ByteBuf piece) {
        var count = piece.readableBytes();
        if (length + (long) count > bytesMax) {
            return false;
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
        piece.readBytes(bytes, length, count);
        length += count;
        return true;
    }

    Payload payload() {
        if (length == 0) {
            return Payload.EMPTY;
        }
        return Payload.of(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }
}

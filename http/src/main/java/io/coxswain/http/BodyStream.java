package io.coxswain.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The bytes of an [IncomingBody] as a blocking stream.
final class BodyStream extends InputStream {

    private final IncomingBody body;
    private byte @Nullable [] current = new byte[0];
    private int position;

    BodyStream(IncomingBody body) {
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        var bytes = readable();
        return bytes == null ? -1 : bytes[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        var bytes = readable();
        if (bytes == null) {
            return -1;
        }
        var count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return current == null ? 0 : current.length - position;
    }

    @Override
    public void close() {
        body.close();
    }

    /// A frame with at least one unread byte, or null at the end.
    private byte @Nullable [] readable() throws IOException {
        while (current != null && position == current.length) {
            var frame = body.take();
            current = frame == null ? null : frame.bytes();
            position = 0;
        }
        return current;
    }
}

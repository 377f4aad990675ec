package io.coxswain.storage.embedded;

import io.coxswain.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the frames of one file in order and stops before the first that is not valid.
final class FrameReader {

    private static final int WINDOW_BYTES = 1 << 20;

    private final Disk.OpenFile file;
    private final long nonce;
    private final long size;
    private long position = Preamble.BYTES;
    private byte[] window = new byte[WINDOW_BYTES];
    private long windowStart;
    private int windowLength;

    FrameReader(Disk.OpenFile file, long nonce) throws IOException {
        this.file = file;
        this.nonce = nonce;
        this.size = file.size();
    }

    /// A valid frame. `records` is only good until the next call.
    record Frame(long offset, Frames.FrameHeader header, ByteBuffer records) {}

    /// The next frame; null at the end of the file or before bytes that are none.
    @Nullable Frame next() throws IOException {
        var frame = frameAt(position);
        if (frame != null) {
            position += Frames.HEADER_BYTES + frame.header().length();
        }
        return frame;
    }

    /// Where the next frame would start.
    long position() {
        return position;
    }

    /// How many bytes of the file are behind [#position].
    long left() {
        return size - position;
    }

    boolean atEnd() {
        return position >= size;
    }

    /// Whether nothing but zeros is left: room that was reserved and never used.
    boolean onlyZerosLeft() throws IOException {
        for (var at = position; at < size; at++) {
            if (!load(at, 1) || window[(int) (at - windowStart)] != 0) {
                return false;
            }
        }
        return true;
    }

    /// The offset of a valid frame somewhere behind [#position]; -1 when there is none.
    long findBehind() throws IOException {
        for (var at = position + 1; at + Frames.HEADER_BYTES <= size; at++) {
            if (frameAt(at) != null) {
                return at;
            }
        }
        return -1;
    }

    private @Nullable Frame frameAt(long at) throws IOException {
        if (at + Frames.HEADER_BYTES > size || !load(at, Frames.HEADER_BYTES)) {
            return null;
        }
        var start = (int) (at - windowStart);
        if (!Frames.startsAt(ByteBuffer.wrap(window), start)) {
            return null;
        }
        var header = Frames.header(ByteBuffer.wrap(window), start);
        var length = header.length();
        if (length < 0 || length > size - at - Frames.HEADER_BYTES) {
            return null;
        }
        if (!load(at, Frames.HEADER_BYTES + length)) {
            return null;
        }
        start = (int) (at - windowStart);
        var in = ByteBuffer.wrap(window);
        if (Frames.checksum(in, start, length, nonce) != header.checksum()) {
            return null;
        }
        return new Frame(at, header, ByteBuffer.wrap(window, start + Frames.HEADER_BYTES, length));
    }

    /// Makes the window hold `count` bytes from `at` on; false when the file has fewer.
    private boolean load(long at, int count) throws IOException {
        if (at >= windowStart && at + count <= windowStart + windowLength) {
            return true;
        }
        if (count > window.length) {
            window = Arrays.copyOf(window, count);
        }
        windowStart = at;
        windowLength = 0;
        while (windowLength < count) {
            var more =
                    file.read(
                            at + windowLength, window, windowLength, window.length - windowLength);
            if (more < 0) {
                return false;
            }
            windowLength += more;
        }
        return true;
    }
}

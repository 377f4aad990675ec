package io.coxswain.http.stream;

import io.coxswain.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Reads and writes the frames of one SPDY/3.1 session.
final class SpdyFrames implements AutoCloseable {

    private static final int VERSION = 3;
    private static final int CONTROL_BYTES_MAX = 64 * 1024;
    private static final int INITIAL_WINDOW_SIZE = 7;
    private static final int FIN = 1;

    private static final int SYN_STREAM = 1;
    private static final int SYN_REPLY = 2;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int HEADERS = 8;
    private static final int WINDOW_UPDATE = 9;

    private final SpdyHeaderBlocks blocks = new SpdyHeaderBlocks();
    private final DataInputStream in;
    private final DataOutputStream out;

    SpdyFrames(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
    }

    /// The next frame of a known type, or null at the end of the connection.
    @Nullable SpdyFrame read() throws IOException {
        while (true) {
            var first = in.read();
            if (first < 0) {
                return null;
            }
            var word = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            var flagsAndLength = in.readInt();
            var flags = flagsAndLength >>> 24;
            var length = flagsAndLength & 0xffffff;
            if (word >= 0) {
                return data(word, flags, length);
            }
            if ((word >>> 16 & 0x7fff) != VERSION || length > CONTROL_BYTES_MAX) {
                throw new SpdyException("control frame of a wrong version or size");
            }
            var frame = control(word & 0xffff, flags, bytes(length));
            if (frame != null) {
                return frame;
            }
        }
    }

    private SpdyFrame data(int streamId, int flags, int length) throws IOException {
        if (streamId == 0) {
            throw new SpdyException("data without a stream");
        }
        return new SpdyFrame.Data(streamId, (flags & FIN) != 0, bytes(length));
    }

    private byte[] bytes(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("connection ended inside a frame");
        }
        return bytes;
    }

    private @Nullable SpdyFrame control(int type, int flags, byte[] bytes) throws IOException {
        var body = new DataInputStream(new ByteArrayInputStream(bytes));
        var fin = (flags & FIN) != 0;
        try {
            return switch (type) {
                case SYN_STREAM -> {
                    var id = streamId(body);
                    body.skipNBytes(6); // associated stream, priority, slot
                    yield new SpdyFrame.SynStream(id, fin, (flags & 2) != 0, headers(body));
                }
                case SYN_REPLY -> new SpdyFrame.SynReply(streamId(body), fin, headers(body));
                case RST_STREAM -> new SpdyFrame.RstStream(streamId(body), body.readInt());
                case SETTINGS -> new SpdyFrame.Settings(initialWindow(body));
                case PING -> new SpdyFrame.Ping(body.readInt());
                case GOAWAY ->
                        new SpdyFrame.GoAway(body.readInt() & Integer.MAX_VALUE, body.readInt());
                case HEADERS -> new SpdyFrame.MoreHeaders(streamId(body), fin, headers(body));
                case WINDOW_UPDATE ->
                        new SpdyFrame.WindowUpdate(
                                body.readInt() & Integer.MAX_VALUE,
                                body.readInt() & Integer.MAX_VALUE);
                default -> null;
            };
        } catch (EOFException cut) {
            throw new SpdyException("control frame is cut short");
        }
    }

    private static int streamId(DataInputStream body) throws IOException {
        var id = body.readInt() & Integer.MAX_VALUE;
        if (id == 0) {
            throw new SpdyException("control frame without a stream");
        }
        return id;
    }

    private Headers headers(DataInputStream body) throws IOException {
        return blocks.expand(body.readAllBytes());
    }

    private static int initialWindow(DataInputStream body) throws IOException {
        var count = body.readInt();
        if (count < 0 || count > body.available() / 8) {
            throw new SpdyException("settings are malformed");
        }
        var window = -1;
        for (var i = 0; i < count; i++) {
            var id = body.readInt() & 0xffffff;
            var value = body.readInt();
            if (id == INITIAL_WINDOW_SIZE) {
                window = Math.max(0, value);
            }
        }
        return window;
    }

    /// Writes a frame; the caller lets one thread at a time in, and flushes.
    void write(SpdyFrame frame) throws IOException {
        switch (frame) {
            case SpdyFrame.SynStream syn -> {
                var block = blocks.compress(syn.headers());
                head(SYN_STREAM, flags(syn.fin()), 10 + block.length);
                out.writeInt(syn.streamId());
                out.writeInt(0);
                out.writeShort(0);
                out.write(block);
            }
            case SpdyFrame.SynReply reply ->
                    block(SYN_REPLY, reply.streamId(), reply.fin(), reply.headers());
            case SpdyFrame.MoreHeaders more ->
                    block(HEADERS, more.streamId(), more.fin(), more.headers());
            case SpdyFrame.RstStream reset -> pair(RST_STREAM, reset.streamId(), reset.status());
            case SpdyFrame.GoAway away -> pair(GOAWAY, away.lastStreamId(), away.status());
            case SpdyFrame.WindowUpdate update ->
                    pair(WINDOW_UPDATE, update.streamId(), update.delta());
            case SpdyFrame.Settings settings -> {
                head(SETTINGS, 0, 12);
                out.writeInt(1);
                out.writeInt(INITIAL_WINDOW_SIZE);
                out.writeInt(settings.initialWindow());
            }
            case SpdyFrame.Ping ping -> {
                head(PING, 0, 4);
                out.writeInt(ping.id());
            }
            case SpdyFrame.Data data -> {
                out.writeInt(data.streamId());
                out.writeInt(flags(data.fin()) << 24 | data.bytes().length);
                out.write(data.bytes());
            }
        }
    }

    private void block(int type, int streamId, boolean fin, Headers headers) throws IOException {
        var block = blocks.compress(headers);
        head(type, flags(fin), 4 + block.length);
        out.writeInt(streamId);
        out.write(block);
    }

    private void pair(int type, int first, int second) throws IOException {
        head(type, 0, 8);
        out.writeInt(first);
        out.writeInt(second);
    }

    private void head(int type, int flags, int length) throws IOException {
        out.writeInt(0x80000000 | VERSION << 16 | type);
        out.writeInt(flags << 24 | length);
    }

    private static int flags(boolean fin) {
        return fin ? FIN : 0;
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() {
        blocks.close();
    }
}

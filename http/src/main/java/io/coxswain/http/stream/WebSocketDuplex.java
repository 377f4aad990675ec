package io.coxswain.http.stream;

import io.coxswain.http.Duplex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/// A plain byte connection inside the binary messages of a WebSocket, where message bounds mean
/// nothing: how kubectl tunnels SPDY through proxies that only know WebSocket.
public final class WebSocketDuplex implements Duplex {

    private final WebSocket socket;
    private final InputStream input = new Input();
    private final OutputStream output = new Output();

    public WebSocketDuplex(WebSocket socket) {
        this.socket = socket;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void close() {
        socket.close();
    }

    private final class Input extends InputStream {
        private byte[] message = new byte[0];
        private int offset;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, target.length);
            if (length == 0) {
                return 0;
            }
            while (offset == message.length) {
                var next = socket.receive();
                if (next == null) {
                    return -1;
                }
                if (next.text()) {
                    socket.close(1003, "expected a binary message");
                    throw new IOException("expected a binary message");
                }
                message = next.bytes();
                offset = 0;
            }
            var count = Math.min(length, message.length - offset);
            System.arraycopy(message, offset, target, start, count);
            offset += count;
            return count;
        }
    }

    /// Gathers small writes until they are flushed: a frame head and its data are one message.
    private final class Output extends OutputStream {
        private final byte[] buffer = new byte[32 * 1024];
        private int filled;

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] source, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, source.length);
            for (var from = start; from < start + length; ) {
                var count = Math.min(buffer.length - filled, start + length - from);
                System.arraycopy(source, from, buffer, filled, count);
                filled += count;
                from += count;
                if (filled == buffer.length) {
                    flush();
                }
            }
        }

        @Override
        public void flush() throws IOException {
            if (filled > 0) {
                var message = Arrays.copyOf(buffer, filled);
                filled = 0;
                socket.sendBinary(message);
            }
        }
    }
}

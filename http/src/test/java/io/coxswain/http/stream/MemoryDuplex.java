package io.coxswain.http.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/// One end of a connection in memory, with buffers as small as a kernel's.
public final class MemoryDuplex implements HalfCloseable {

    private final ByteQueue input;
    private final ByteQueue peerInput;
    private volatile boolean closed;

    private MemoryDuplex(ByteQueue input, ByteQueue peerInput) {
        this.input = input;
        this.peerInput = peerInput;
    }

    public record Pair(MemoryDuplex client, MemoryDuplex server) {}

    public static Pair pair() {
        var one = new ByteQueue(64 * 1024);
        var two = new ByteQueue(64 * 1024);
        return new Pair(new MemoryDuplex(one, two), new MemoryDuplex(two, one));
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] source, int start, int length) throws IOException {
                if (closed) {
                    throw new IOException("closed");
                }
                peerInput.put(Arrays.copyOfRange(source, start, start + length));
            }
        };
    }

    @Override
    public void closeOutput() {
        peerInput.end();
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        input.close();
        peerInput.end();
    }
}

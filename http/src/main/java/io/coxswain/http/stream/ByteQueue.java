package io.coxswain.http.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Bytes on their way from a session's reading thread to whoever consumes one of its streams.
///
/// Bounded: [#put] waits while `limit` bytes or more are waiting, so an idle consumer holds up the
/// connection instead of filling memory. `consumed` is told how many bytes were taken out.
public final class ByteQueue extends InputStream {

    private final int limit;
    private final IntConsumer consumed;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private int offset;
    private int size;
    private boolean ended;
    private boolean abandoned;
    private @Nullable IOException failure;

    public ByteQueue(int limit, IntConsumer consumed) {
        this.limit = limit;
        this.consumed = consumed;
    }

    public ByteQueue(int limit) {
        this(limit, count -> {});
    }

    /// Appends a chunk; the array is the queue's from here on. Dropped when nobody will read it.
    public void put(byte[] chunk) throws InterruptedIOException {
        if (!add(chunk)) {
            consumed.accept(chunk.length);
        }
    }

    private synchronized boolean add(byte[] chunk) throws InterruptedIOException {
        waitWhile(() -> size >= limit && !abandoned && !ended);
        if (abandoned || ended) {
            return false;
        }
        if (chunk.length > 0) {
            chunks.add(chunk);
            size += chunk.length;
            notifyAll();
        }
        return true;
    }

    /// What was put can still be read; then comes the end.
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// What was put can still be read; then comes `cause`.
    public synchronized void fail(IOException cause) {
        if (!ended) {
            failure = cause;
            ended = true;
            notifyAll();
        }
    }

    synchronized int size() {
        return size;
    }

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
        var count = take(target, start, length);
        if (count > 0) {
            consumed.accept(count);
        }
        return count;
    }

    private synchronized int take(byte[] target, int start, int length) throws IOException {
        waitWhile(() -> chunks.isEmpty() && !ended && !abandoned);
        if (abandoned) {
            throw new IOException("stream closed");
        }
        var chunk = chunks.peek();
        if (chunk == null) {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            return -1;
        }
        var count = Math.min(length, chunk.length - offset);
        System.arraycopy(chunk, offset, target, start, count);
        offset += count;
        if (offset == chunk.length) {
            chunks.remove();
            offset = 0;
        }
        size -= count;
        notifyAll();
        return count;
    }

    @Override
    public synchronized int available() {
        return size;
    }

    /// Nobody reads any more: what waits and what still comes is dropped.
    @Override
    public void close() {
        int dropped;
        synchronized (this) {
            abandoned = true;
            dropped = size;
            chunks.clear();
            size = 0;
            notifyAll();
        }
        if (dropped > 0) {
            consumed.accept(dropped);
        }
    }

    private synchronized void waitWhile(BooleanSupplier busy) throws InterruptedIOException {
        try {
            while (busy.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}

package io.coxswain.http.stream;

import io.coxswain.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One stream of a [SpdySession]. Closing its output tells the peer that no more comes (FIN); the
/// stream is over when both sides have done so, or one of them has reset it.
public final class SpdyStream implements HalfCloseable {

    private static final int FRAME_BYTES_MAX = 16 * 1024;

    private final SpdySession session;
    private final int id;
    private final Headers headers;
    private final ByteQueue input;
    private final OutputStream output = new Output();
    private final CountDownLatch replied = new CountDownLatch(1);
    private volatile boolean remoteDone;
    private volatile boolean localDone;
    private volatile boolean reset;
    private volatile boolean refused;

    /// Guarded by the session, as are all windows.
    long sendWindow;

    /// Guarded by the session: bytes consumed here that the peer has not been given credit for.
    long uncredited;

    SpdyStream(SpdySession session, int id, Headers headers, long sendWindow, int bufferBytesMax) {
        this.session = session;
        this.id = id;
        this.headers = headers;
        this.sendWindow = sendWindow;
        this.input = new ByteQueue(bufferBytesMax, count -> session.consumed(this, count));
    }

    public int id() {
        return id;
    }

    /// What the stream was opened with.
    public Headers headers() {
        return headers;
    }

    /// Ends when the peer has closed its side; throws after a reset, or when the session is lost.
    /// What came before that can be read first.
    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void closeOutput() throws IOException {
        output.close();
    }

    /// Whether either side has given the stream up.
    public boolean wasReset() {
        return reset;
    }

    /// Ends the stream: politely when both sides have finished, otherwise with a reset.
    @Override
    public void close() {
        if (!(localDone && remoteDone) && !reset) {
            ended(new IOException("stream closed"), true);
            session.sendQuietly(new SpdyFrame.RstStream(id, SpdyFrame.CANCEL));
            session.remove(this);
        }
        input.close();
    }

    boolean remoteDone() {
        return remoteDone;
    }

    boolean over() {
        return localDone || reset;
    }

    void reply() {
        replied.countDown();
    }

    void awaitReply(long seconds) throws IOException {
        try {
            if (!replied.await(seconds, TimeUnit.SECONDS)) {
                close();
                throw new IOException("timed out waiting for the stream to be accepted");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (refused) {
            throw new IOException("stream was refused");
        }
    }

    void received(byte[] bytes) throws IOException {
        input.put(bytes);
    }

    void finishedByPeer() {
        remoteDone = true;
        input.end();
        removeIfDone();
    }

    /// The stream is no more, by a reset or because the session ended.
    void ended(IOException cause, boolean byReset) {
        refused |= replied.getCount() > 0;
        reset |= byReset;
        localDone = true;
        remoteDone = true;
        input.fail(cause);
        replied.countDown();
        session.wakeWriters();
    }

    private void removeIfDone() {
        if (localDone && remoteDone) {
            session.remove(this);
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] source, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, source.length);
            var from = start;
            while (from < start + length) {
                var wanted = Math.min(FRAME_BYTES_MAX, start + length - from);
                var count = session.reserve(SpdyStream.this, wanted);
                var bytes = Arrays.copyOfRange(source, from, from + count);
                session.send(new SpdyFrame.Data(id, false, bytes));
                from += count;
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (this) {
                if (localDone) {
                    return;
                }
                localDone = true;
            }
            session.send(new SpdyFrame.Data(id, true, new byte[0]));
            removeIfDone();
        }
    }
}

package io.coxswain.http.stream;

import io.coxswain.http.Duplex;
import io.coxswain.http.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One end of a SPDY/3.1 connection: many streams over one [Duplex].
///
/// Flow control begins when the peer shows, by SETTINGS or WINDOW_UPDATE, that it has windows:
/// from then on they are kept, and credit is given as data is consumed. The Go library behind
/// kubectl and containerd never does: it sends without regard to windows and gives no credit, so
/// waiting for it would hang after 64 KiB; and credit that reaches it after it has closed the
/// connection makes the kernel throw away output that is still under way. Against such a peer a
/// stream that nobody reads holds up the session once its buffer is full.
public final class SpdySession implements AutoCloseable {

    private static final int WINDOW = 64 * 1024;
    private static final int BUFFER_BYTES_MAX = 4 * WINDOW;

    /// Wide enough that streams nobody reads do not use up what the others need.
    private static final int SESSION_WINDOW = 256 * WINDOW;

    private static final int STREAMS_MAX = 1000;
    private static final long REPLY_SECONDS = 30;

    /// Is told, on the reading thread, of streams that the peer opens; must not block.
    public interface Listener {

        /// A listener for a client: refuses every stream.
        Listener NONE =
                new Listener() {
                    @Override
                    public boolean accepts(Headers headers) {
                        return false;
                    }

                    @Override
                    public void opened(SpdyStream stream) {}
                };

        default boolean accepts(Headers headers) {
            return true;
        }

        void opened(SpdyStream stream);
    }

    private final Duplex connection;
    private final Listener listener;
    private final SpdyFrames frames;
    private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Runnable> endCallbacks = new ArrayList<>();
    private final Object writing = new Object();
    private final int peerParity;

    // Guarded by `writing`.
    private int nextStreamId;
    private boolean framesClosed;

    // Only the reading thread writes these.
    private volatile int lastPeerStreamId;
    private volatile boolean goneAway;

    // Guarded by `this`.
    private boolean peerHasWindows;
    private long initialSendWindow = WINDOW;
    private long sessionSendWindow = WINDOW;
    private long sessionUncredited;

    private SpdySession(Duplex connection, Listener listener, int firstStreamId) {
        this.connection = connection;
        this.listener = listener;
        this.frames = new SpdyFrames(connection.input(), connection.output());
        this.nextStreamId = firstStreamId;
        this.peerParity = firstStreamId % 2 == 1 ? 0 : 1;
    }

    /// Starts the client's end; streams it opens have odd numbers.
    public static SpdySession client(Duplex connection, Listener listener) {
        return new SpdySession(connection, listener, 1).start();
    }

    public static SpdySession server(Duplex connection, Listener listener) {
        return new SpdySession(connection, listener, 2).start();
    }

    private SpdySession start() {
        sendQuietly(new SpdyFrame.Settings(WINDOW));
        sendQuietly(new SpdyFrame.WindowUpdate(0, SESSION_WINDOW - WINDOW));
        Thread.ofVirtual().name("spdy-reader").start(this::readAll);
        return this;
    }

    /// Opens a stream and waits until the peer has accepted it.
    public SpdyStream open(Headers headers) throws IOException {
        SpdyStream stream;
        synchronized (writing) {
            if (goneAway || isEnded()) {
                throw new IOException("connection is closed");
            }
            stream = newStream(nextStreamId, headers);
            nextStreamId += 2;
            send(new SpdyFrame.SynStream(stream.id(), false, false, headers));
        }
        stream.awaitReply(REPLY_SECONDS);
        return stream;
    }

    public void ping(int id) throws IOException {
        send(new SpdyFrame.Ping(id));
    }

    /// Runs `callback` once when the session has ended, at once if it has.
    public void onEnd(Runnable callback) {
        synchronized (endCallbacks) {
            if (!isEnded()) {
                endCallbacks.add(callback);
                return;
            }
        }
        callback.run();
    }

    /// Waits until the connection is closed, by whichever side.
    public void awaitEnd() throws InterruptedIOException {
        try {
            ended.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /// Says that no more streams are wanted, gives the peer some time to close, then closes.
    public void finish(Duration grace) {
        var goodbye = new SpdyFrame.GoAway(lastPeerStreamId, 0);
        Thread.ofVirtual().name("spdy-goodbye").start(() -> sendQuietly(goodbye));
        try {
            var closedByPeer = ended.await(grace.toMillis(), TimeUnit.MILLISECONDS);
            if (closedByPeer) {
                return;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /// Closes the connection at once; the streams fail.
    @Override
    public void close() {
        connection.close();
        var cause = new IOException("connection is closed");
        streams.values().forEach(stream -> stream.ended(cause, false));
    }

    private boolean isEnded() {
        return ended.getCount() == 0;
    }

    private SpdyStream newStream(int id, Headers headers) {
        SpdyStream stream;
        synchronized (this) {
            stream = new SpdyStream(this, id, headers, initialSendWindow, BUFFER_BYTES_MAX);
        }
        streams.put(id, stream);
        return stream;
    }

    void remove(SpdyStream stream) {
        streams.remove(stream.id());
    }

    void send(SpdyFrame frame) throws IOException {
        synchronized (writing) {
            if (framesClosed) {
                throw new IOException("connection is closed");
            }
            frames.write(frame);
            frames.flush();
        }
    }

    void sendQuietly(SpdyFrame frame) {
        try {
            send(frame);
        } catch (IOException gone) {
            connection.close(); // The reading thread sees it, too, and ends the streams.
        }
    }

    // Windows

    /// Waits until the peer's windows allow at least one byte; returns how many of `wanted`.
    synchronized int reserve(SpdyStream stream, int wanted) throws IOException {
        while (!stream.over() && room(stream) <= 0) {
            try {
                wait();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        if (stream.over()) {
            throw new IOException("stream closed");
        }
        var count = (int) Math.min(wanted, room(stream));
        stream.sendWindow -= count;
        sessionSendWindow -= count;
        return count;
    }

    private long room(SpdyStream stream) {
        return peerHasWindows ? Math.min(stream.sendWindow, sessionSendWindow) : Integer.MAX_VALUE;
    }

    synchronized void wakeWriters() {
        notifyAll();
    }

    /// Gives the peer credit in large steps, so that a small read costs no frame.
    void consumed(SpdyStream stream, int count) {
        var forStream = 0;
        synchronized (this) {
            stream.uncredited = Math.min(stream.uncredited + count, SESSION_WINDOW);
            if (peerHasWindows && stream.uncredited >= WINDOW / 2 && !stream.remoteDone()) {
                forStream = (int) stream.uncredited;
                stream.uncredited = 0;
            }
        }
        if (forStream > 0) {
            sendQuietly(new SpdyFrame.WindowUpdate(stream.id(), forStream));
        }
        consumed(count);
    }

    private void consumed(int count) {
        var forSession = 0;
        synchronized (this) {
            sessionUncredited = Math.min(sessionUncredited + count, SESSION_WINDOW);
            if (peerHasWindows && sessionUncredited >= WINDOW / 2) {
                forSession = (int) sessionUncredited;
                sessionUncredited = 0;
            }
        }
        if (forSession > 0) {
            sendQuietly(new SpdyFrame.WindowUpdate(0, forSession));
        }
    }

    private synchronized void settings(SpdyFrame.Settings settings) {
        peerHasWindows = true;
        if (settings.initialWindow() >= 0) {
            var more = settings.initialWindow() - initialSendWindow;
            initialSendWindow = settings.initialWindow();
            streams.values().forEach(stream -> stream.sendWindow += more);
        }
        notifyAll();
    }

    private synchronized void credit(SpdyFrame.WindowUpdate update) {
        peerHasWindows = true;
        if (update.streamId() == 0) {
            sessionSendWindow += update.delta();
        }
        var stream = streams.get(update.streamId());
        if (stream != null) {
            stream.sendWindow += update.delta();
        }
        notifyAll();
    }

    // Reading

    private void readAll() {
        var cause = new IOException("connection lost", null);
        try {
            for (var frame = frames.read(); frame != null; frame = frames.read()) {
                handle(frame);
            }
            cause = new EOFException("connection closed");
        } catch (SpdyException broken) {
            cause = broken;
            goodbyeOrNot();
        } catch (IOException lost) {
            cause = lost;
        } finally {
            end(cause);
        }
    }

    private void goodbyeOrNot() {
        sendQuietly(new SpdyFrame.GoAway(lastPeerStreamId, SpdyFrame.PROTOCOL_ERROR));
    }

    private void end(IOException cause) {
        goneAway = true;
        connection.close();
        synchronized (writing) {
            framesClosed = true;
            frames.close();
        }
        List<Runnable> callbacks;
        synchronized (endCallbacks) {
            ended.countDown();
            callbacks = List.copyOf(endCallbacks);
        }
        streams.values().forEach(stream -> stream.ended(cause, false));
        streams.clear();
        callbacks.forEach(Runnable::run);
    }

    private void handle(SpdyFrame frame) throws IOException {
        switch (frame) {
            case SpdyFrame.SynStream syn -> opened(syn);
            case SpdyFrame.SynReply reply -> replied(reply);
            case SpdyFrame.Data data -> data(data);
            case SpdyFrame.RstStream reset -> {
                var stream = streams.remove(reset.streamId());
                if (stream != null) {
                    stream.ended(new IOException("stream was reset"), true);
                }
            }
            case SpdyFrame.MoreHeaders more -> finishIf(more.fin(), streams.get(more.streamId()));
            case SpdyFrame.Settings settings -> settings(settings);
            case SpdyFrame.WindowUpdate update -> credit(update);
            case SpdyFrame.Ping ping -> {
                if (Math.floorMod(ping.id(), 2) == peerParity) {
                    send(ping);
                }
            }
            case SpdyFrame.GoAway away -> goneAway = true;
        }
    }

    private void opened(SpdyFrame.SynStream syn) throws IOException {
        var id = syn.streamId();
        if (id % 2 != peerParity || id <= lastPeerStreamId) {
            send(new SpdyFrame.RstStream(id, SpdyFrame.PROTOCOL_ERROR));
            return;
        }
        lastPeerStreamId = id;
        if (goneAway || streams.size() >= STREAMS_MAX || !listener.accepts(syn.headers())) {
            send(new SpdyFrame.RstStream(id, SpdyFrame.REFUSED_STREAM));
            return;
        }
        var stream = newStream(id, syn.headers());
        stream.reply();
        send(new SpdyFrame.SynReply(id, false, Headers.EMPTY));
        finishIf(syn.fin(), stream);
        listener.opened(stream);
    }

    private void replied(SpdyFrame.SynReply reply) {
        var stream = streams.get(reply.streamId());
        if (stream != null) {
            stream.reply();
            finishIf(reply.fin(), stream);
        }
    }

    private void data(SpdyFrame.Data data) throws IOException {
        var stream = streams.get(data.streamId());
        if (stream == null) {
            consumed(data.bytes().length);
            if (!wasOpen(data.streamId())) {
                send(new SpdyFrame.RstStream(data.streamId(), SpdyFrame.INVALID_STREAM));
            }
            return;
        }
        if (stream.remoteDone()) {
            send(new SpdyFrame.RstStream(data.streamId(), SpdyFrame.STREAM_ALREADY_CLOSED));
            return;
        }
        stream.received(data.bytes());
        finishIf(data.fin(), stream);
    }

    /// Data may still be under way for a stream that has been closed here.
    private boolean wasOpen(int id) {
        synchronized (writing) {
            return id % 2 == peerParity ? id <= lastPeerStreamId : id < nextStreamId;
        }
    }

    private static void finishIf(boolean fin, @Nullable SpdyStream stream) {
        if (fin && stream != null) {
            stream.finishedByPeer();
        }
    }
}

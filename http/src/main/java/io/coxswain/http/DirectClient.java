package io.coxswain.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls a handler in this process: no socket, no encoding, the very [Payload] the handler made.
///
/// A whole response needs no thread but the caller's, nor does a stream that is produced in rounds.
/// Any other streamed one runs its producer on a virtual thread when it is opened, and on the
/// caller's own when it is sent and copied to a sink.
public final class DirectClient implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(DirectClient.class);

    private final Handler handler;
    private final @Nullable Peer peer;

    /// @param peer who every request comes from; null to leave what the request says
    public DirectClient(Handler handler, @Nullable Peer peer) {
        this.handler = handler;
        this.peer = peer;
    }

    @Override
    public Exchange open(Request request) {
        var response = handle(request);
        return switch (response) {
            case Response.Full full ->
                    new Exchange(full.status(), full.headers(), BodyQueue.of(full.body()));
            case Response.Streaming streaming ->
                    new Exchange(streaming.status(), streaming.headers(), start(streaming));
            case Response.Upgrade upgrade ->
                    throw new IllegalStateException("an upgrade was not asked for");
        };
    }

    @Override
    public Response send(Request request) {
        return handle(request);
    }

    @Override
    public Upgrade upgrade(Request request) {
        return switch (handle(request)) {
            case Response.Full full -> new Upgrade.Refused(full);
            case Response.Streaming streaming ->
                    new Upgrade.Refused(
                            new Exchange(streaming.status(), streaming.headers(), start(streaming))
                                    .full());
            case Response.Upgrade upgrade -> {
                var pair = new DuplexPair();
                run("direct-upgrade", () -> serve(upgrade.session(), pair.left()));
                yield new Upgrade.Accepted(upgrade.headers(), pair.right());
            }
        };
    }

    private Response handle(Request request) {
        return handler.handle(peer == null ? request : request.withPeer(peer));
    }

    private static IncomingBody start(Response.Streaming streaming) {
        if (streaming.producer() instanceof Rounds.Producer producer) {
            return new RoundBody(producer);
        }
        var sink = new QueueSink();
        run("direct-stream", () -> sink.fillFrom(streaming.producer()));
        return sink.body;
    }

    private static void serve(Response.Session session, Duplex connection) {
        try (connection) {
            session.run(connection);
        } catch (IOException | RuntimeException e) {
            LOG.debug("an upgraded connection ended", e);
        }
    }

    private static void run(String name, Runnable task) {
        Thread.ofVirtual().name(name).start(task);
    }

    /// Hands frames to the reader of the body, at most so many bytes ahead of it.
    private static final class QueueSink implements Response.Sink, BodyQueue.Filler {

        private static final long BYTES_MAX = 1 << 20;
        private static final int FRAMES_MAX = 1024;

        final BodyQueue body = new BodyQueue(this);
        private final List<Runnable> callbacks = new ArrayList<>();
        private int frames;
        private boolean abandoned;

        void fillFrom(Response.Producer producer) {
            try {
                producer.writeTo(this);
                body.end();
            } catch (IOException e) {
                body.fail(e);
            } catch (RuntimeException | Error e) {
                LOG.warn("a streamed response failed", e);
                body.fail(new IOException("the stream was cut", e));
            }
        }

        @Override
        public void write(Payload frame) throws IOException {
            synchronized (this) {
                awaitRoom();
                if (abandoned) {
                    throw new IOException("the reader is gone");
                }
                frames++;
            }
            body.add(frame);
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {
            synchronized (this) {
                if (!abandoned) {
                    callbacks.add(callback);
                    return;
                }
            }
            callback.run();
        }

        @Override
        public synchronized void taken(int bytes) {
            frames--;
            notifyAll();
        }

        @Override
        public void abandoned() {
            List<Runnable> toRun;
            synchronized (this) {
                abandoned = true;
                toRun = List.copyOf(callbacks);
                notifyAll();
            }
            toRun.forEach(Runnable::run);
        }

        private synchronized void awaitRoom() throws InterruptedIOException {
            try {
                while (!abandoned && (frames >= FRAMES_MAX || body.bytes() >= BYTES_MAX)) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the reader was slow");
            }
        }
    }
}

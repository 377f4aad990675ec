package io.coxswain.http.netty;

import io.coxswain.base.Clock;
import io.coxswain.http.BodyTooLargeException;
import io.coxswain.http.Handler;
import io.coxswain.http.Patience;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request being answered, on a virtual thread of its own.
final class ServerExchange implements Runnable {

    /// A streamed response on its way.
    sealed interface Streamed permits StreamSink, RoundStream {

        /// The receiver is gone. Called on the event loop.
        void disconnected(String reason);

        /// The server is closing: the stream shall come to its end.
        void askToEnd();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServerExchange.class);
    private static final Response.Full FAULT = Response.text(500, "Internal Server Error\n");

    /// Nobody is impatient before.
    private static final long MOMENT_NANOS = 1_000_000;

    private final Handler handler;
    private final Request request;
    private final Outbound out;
    private final Set<ServerExchange> inFlight;
    private final Patience patience;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final long started = Clock.SYSTEM.nanos();

    /// How long this may take, once it was asked for; only the sweep touches it.
    private @Nullable Duration allowed;

    private boolean asked;
    private volatile @Nullable String disconnected;
    private volatile boolean ending;
    private volatile @Nullable Streamed sink;
    private volatile boolean done;

    ServerExchange(Server server, Request request, Outbound out) {
        this.handler = server.handler();
        this.inFlight = server.inFlight();
        this.patience = server.patience();
        this.request = request;
        this.out = out;
    }

    void start() {
        inFlight.add(this);
        Thread.ofVirtual().name("http-request").start(this);
    }

    @Override
    public void run() {
        try {
            var answer = Gzip.offer(request, answer());
            if (!decided.compareAndSet(false, true)) {
                LOG.debug("{} {} was answered too late", request.method(), request.path());
                return;
            }
            switch (answer) {
                case Response.Full full -> full(full);
                case Response.Streaming streaming -> stream(streaming);
                case Response.Upgrade upgrade -> upgrade(upgrade);
            }
        } catch (RuntimeException | Error fault) {
            LOG.error("{} {} could not be answered", request.method(), request.path(), fault);
            out.cut();
        } finally {
            if (!(sink instanceof RoundStream)) {
                inFlight.remove(this);
            }
        }
    }

    /// The client went away, or reset the stream. Called on the event loop.
    void disconnected(String reason) {
        if (done) {
            return;
        }
        disconnected = reason;
        var current = sink;
        if (current != null) {
            current.disconnected(reason);
        }
    }

    /// Whether this has taken longer than it may. Called by the server's sweep alone.
    boolean late(long now) {
        var spent = now - started;
        if (!asked && spent > MOMENT_NANOS) {
            asked = true;
            allowed = patience.with(request);
        }
        return allowed != null && spent >= allowed.toNanos();
    }

    /// Answers in the handler's place, or cuts what has begun.
    void giveUp() {
        allowed = null;
        if (decided.compareAndSet(false, true)) {
            out.full(patience.late());
            return;
        }
        var current = sink;
        if (current != null && !done) {
            current.disconnected("the request took too long");
            out.cut();
        }
    }

    /// The server is closing: a producer that waits shall come to its end.
    void askToEnd() {
        ending = true;
        var current = sink;
        if (current != null) {
            current.askToEnd();
        }
    }

    private Response answer() {
        try {
            return handler.handle(request);
        } catch (BodyTooLargeException tooLarge) {
            return Response.text(413, tooLarge.getMessage() + "\n");
        } catch (RuntimeException | Error fault) {
            LOG.error("{} {} failed", request.method(), request.path(), fault);
            return FAULT;
        }
    }

    private void full(Response.Full full) {
        done = true;
        out.full(full);
    }

    private void stream(Response.Streaming streaming) {
        if (request.method().equals("HEAD")) {
            out.head(streaming.status(), streaming.headers());
            out.end();
        } else if (streaming.producer() instanceof Rounds.Producer rounds
                && rounds.prompt()
                && !Gzip.mayServe(request, streaming)) {
            out.head(streaming.status(), streaming.headers());
            var current = new RoundStream(out, rounds, () -> inFlight.remove(this));
            follow(current);
            out.loop().execute(current::begin);
        } else {
            produce(streaming);
        }
    }

    /// Tells the stream what happens, and what happened before there was one.
    private void follow(Streamed current) {
        sink = current;
        var gone = disconnected;
        if (gone != null) {
            current.disconnected(gone);
        }
        if (ending) {
            current.askToEnd();
        }
    }

    private void produce(Response.Streaming streaming) {
        var current = new StreamSink(out);
        follow(current);
        try {
            if (Gzip.mayServe(request, streaming)) {
                var compressing = new GzipSink(streaming, out, current);
                streaming.producer().writeTo(compressing);
                compressing.finish();
            } else {
                out.head(streaming.status(), streaming.headers());
                streaming.producer().writeTo(current);
            }
            current.flush();
            done = true;
            out.end();
        } catch (IOException e) {
            LOG.debug("{} {} was broken off", request.method(), request.path(), e);
            out.cut();
        } catch (RuntimeException | Error fault) {
            LOG.error("{} {} failed while streaming", request.method(), request.path(), fault);
            out.cut();
        }
    }

    private void upgrade(Response.Upgrade upgrade) {
        try (var connection = out.upgrade(upgrade.headers())) {
            upgrade.session().run(connection);
        } catch (IOException e) {
            LOG.debug("{} {} ended after its upgrade", request.method(), request.path(), e);
        }
    }
}

package io.coxswain.apiserver.flowcontrol;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.RequestInfo;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.flowcontrol.Level.Outcome;
import io.coxswain.http.Headers;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import io.coxswain.storage.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Lets a request through when its priority level has a seat for it, or turns it away with 429.
///
/// What goes on for long (exec, logs, proxied requests) needs no seat. A watch needs one until its
/// initial events are sent, a list until its last byte is.
public final class FlowFilter implements Filter {

    /// The part of the time a request may take that it may wait for a seat.
    private static final int PATIENCE_PART = 4;

    private static final int OBJECTS_PER_SEAT = 100;
    private static final int SEATS_MAX = 10;
    private static final String SCHEMA = "x-kubernetes-pf-flowschema-uid";
    private static final String LEVEL = "x-kubernetes-pf-prioritylevel-uid";
    private final FlowControl control;
    private final Store store;
    private final Duration patience;

    /// @param timeout how long a request may take in all
    public FlowFilter(FlowControl control, Store store, Duration timeout) {
        this.control = control;
        this.store = store;
        this.patience = timeout.dividedBy(PATIENCE_PART);
    }

    @Override
    public Response apply(Call call, Next next) {
        var info = call.info();
        if (info.longRunning() && info.verb() != Verb.WATCH) {
            return next.handle(call);
        }
        var flow = control.flow(Attributes.of(call.user(), info));
        if (flow == null) {
            return next.handle(call);
        }
        var response = flow.level().exempt() ? exempt(call, flow, next) : limited(call, flow, next);
        return call.request().peer().address() == null
                ? response
                : response.withHeaders(headers -> tagged(headers, flow));
    }

    private static Headers tagged(Headers headers, Flow flow) {
        return headers.withAll(
                Headers.of(SCHEMA, flow.schemaUid(), LEVEL, flow.level().settings().uid()));
    }

    private static Response exempt(Call call, Flow flow, Next next) {
        flow.level().dispatched.increment();
        return next.handle(call);
    }

    private Response limited(Call call, Flow flow, Next next) {
        return switch (flow.level().acquire(flow, width(call), patience)) {
            case Outcome.Rejected rejected ->
                    Response.text(429, "Too many requests, please try again later.\n")
                            .withHeaders(headers ->
                                    headers.withAll(
                                            Headers.of(
                                                    "retry-after",
                                                    "1",
                                                    "x-content-type-options",
                                                    "nosniff")));
            case Outcome.Seated(var seat) -> seated(call, seat, next);
        };
    }

    private static Response seated(Call call, Level.Seat seat, Next next) {
        var keeps = false;
        try {
            var response = next.handle(call);
            var remote = call.request().peer().address() != null;
            if (remote && response instanceof Response.Streaming stream) {
                keeps = true;
                return new Response.Streaming(
                        stream.status(), stream.headers(), seated(stream.producer(), seat));
            }
            return response;
        } finally {
            if (!keeps) {
                seat.release();
            }
        }
    }

    private static Response.Producer seated(Response.Producer producer, Level.Seat seat) {
        if (producer instanceof Rounds.Producer rounds) {
            return new Beginning(rounds, seat);
        }
        return sink -> {
            try {
                producer.writeTo(sink);
            } finally {
                seat.release();
            }
        };
    }

    /// A stream that keeps its seat until it has caught up: for the initial events of a watch.
    private record Beginning(Rounds.Producer rounds, Level.Seat seat) implements Rounds.Producer {
        @Override
        public boolean prompt() {
            return rounds.prompt();
        }

        @Override
        public Rounds begin(Runnable wakeUp) {
            var released = new AtomicBoolean();
            var open = rounds.begin(wakeUp);
            return new Rounds() {
                @Override
                public @Nullable Duration next(Response.Sink sink) throws IOException {
                    var pause = open.next(sink);
                    if (pause == null || pause.isPositive()) {
                        release();
                    }
                    return pause;
                }

                @Override
                public void close() {
                    release();
                    open.close();
                }

                private void release() {
                    if (released.compareAndSet(false, true)) {
                        seat.release();
                    }
                }
            };
        }
    }

    /// How many seats a request takes: more the more objects it reads.
    private int width(Call call) {
        var info = call.info();
        if (info.verb() == Verb.LIST || (info.verb() == Verb.WATCH && startsFull(call))) {
            return Math.clamp(Math.ceilDiv(objects(call, info), OBJECTS_PER_SEAT), 1, SEATS_MAX);
        }
        return 1;
    }

    private static boolean startsFull(Call call) {
        var version = call.query().first("resourceVersion");
        return version == null
                || version.isEmpty()
                || version.equals("0")
                || call.query().flag("sendInitialEvents");
    }

    private int objects(Call call, RequestInfo info) {
        var all = store.snapshot().count(info.groupResource(), info.namespace());
        var limit = call.query().first("limit");
        if (limit == null || limit.isEmpty()) {
            return all;
        }
        try {
            var most = Integer.parseInt(limit);
            return most > 0 ? Math.min(all, most) : all;
        } catch (NumberFormatException e) {
            return all;
        }
    }
}

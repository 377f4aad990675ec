package io.coxswain.apiserver.metrics;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.RequestInfo;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts and times requests, and the watches that are open.
public final class RequestMetrics implements Filter {

    /// What a request is counted under. Only names that the server knows, so that nobody can make
    /// up more and more of them.
    private record Subject(
            String verb,
            String group,
            String version,
            String resource,
            String subresource,
            String scope,
            boolean dryRun) {

        String labels() {
            return String.join(
                    ",",
                    "component=\"apiserver\"",
                    Exposition.label("dry_run", dryRun ? "All" : ""),
                    Exposition.label("group", group),
                    Exposition.label("resource", resource),
                    Exposition.label("scope", scope),
                    Exposition.label("subresource", subresource),
                    Exposition.label("verb", verb),
                    Exposition.label("version", version));
        }
    }

    private record Answered(Subject subject, int code) {}

    private final Catalog catalog;
    private final Clock clock;
    private final Map<Answered, LongAdder> totals = new ConcurrentHashMap<>();
    private final Map<Subject, Histogram> durations = new ConcurrentHashMap<>();
    private final Map<Subject, LongAdder> longRunning = new ConcurrentHashMap<>();
    private final LongAdder reading = new LongAdder();
    private final LongAdder mutating = new LongAdder();

    public RequestMetrics(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public Response apply(Call call, Next next) {
        var start = clock.nanos();
        var subject = subject(call);
        var inFlight = changes(call.info().verb()) ? mutating : reading;
        inFlight.increment();
        try {
            var response = next.handle(call);
            count(totals, new Answered(subject, response.status()));
            if (call.info().verb() == Verb.WATCH
                    && response instanceof Response.Streaming stream
                    && stream.producer() instanceof Rounds.Producer rounds) {
                return new Response.Streaming(
                        stream.status(), stream.headers(), new Counted(rounds, gauge(subject)));
            }
            durations.computeIfAbsent(subject, key -> new Histogram()).add(clock.nanos() - start);
            return response;
        } finally {
            inFlight.decrement();
        }
    }

    public void write(Exposition out) {
        out.family("apiserver_request_total", "counter", "Requests answered");
        totals.forEach((key, count) ->
                out.sample(
                        "apiserver_request_total",
                        "code=\"" + key.code + "\"," + key.subject.labels(),
                        count.sum()));
        out.family("apiserver_request_duration_seconds", "histogram", "How long answers took");
        durations.forEach((key, histogram) ->
                histogram.write(out, "apiserver_request_duration_seconds", key.labels()));
        out.family("apiserver_current_inflight_requests", "gauge", "Requests being answered");
        out.sample(
                "apiserver_current_inflight_requests", "request_kind=\"readOnly\"", reading.sum());
        out.sample(
                "apiserver_current_inflight_requests", "request_kind=\"mutating\"", mutating.sum());
        out.family("apiserver_longrunning_requests", "gauge", "Watches that are open");
        longRunning.forEach((key, count) ->
                out.sample("apiserver_longrunning_requests", key.labels(), count.sum()));
    }

    private LongAdder gauge(Subject subject) {
        return longRunning.computeIfAbsent(subject, key -> new LongAdder());
    }

    private static <K> void count(Map<K, LongAdder> counts, K key) {
        var known = counts.get(key);
        (known == null ? counts.computeIfAbsent(key, made -> new LongAdder()) : known).increment();
    }

    /// A watch that is counted while it is open.
    private record Counted(Rounds.Producer rounds, LongAdder open) implements Rounds.Producer {
        @Override
        public boolean prompt() {
            return rounds.prompt();
        }

        @Override
        public Rounds begin(Runnable wakeUp) {
            var begun = rounds.begin(wakeUp);
            open.increment();
            return new Rounds() {
                private boolean closed;

                @Override
                public @Nullable Duration next(Response.Sink sink) throws IOException {
                    return begun.next(sink);
                }

                @Override
                public void close() {
                    if (!closed) {
                        closed = true;
                        open.decrement();
                    }
                    begun.close();
                }
            };
        }
    }

    private Subject subject(Call call) {
        var info = call.info();
        var known =
                info.resourceRequest()
                        && catalog.find(info.group(), info.version(), info.resource()) != null;
        if (!known) {
            return new Subject(verb(call), "", "", "", "", "", false);
        }
        return new Subject(
                verb(call),
                info.group(),
                info.version(),
                info.resource(),
                info.subresource().length() > 32 ? "" : info.subresource(),
                scope(info),
                call.query().first("dryRun") != null);
    }

    private static String verb(Call call) {
        return switch (call.info().verb()) {
            case GET -> "GET";
            case LIST -> "LIST";
            case WATCH -> "WATCH";
            case CREATE, POST -> "POST";
            case UPDATE, PUT -> "PUT";
            case PATCH -> "PATCH";
            case DELETE -> "DELETE";
            case DELETECOLLECTION -> "DELETECOLLECTION";
            case PROXY -> "CONNECT";
            case HEAD -> "HEAD";
            case OPTIONS -> "OPTIONS";
        };
    }

    private static String scope(RequestInfo info) {
        if (!info.name().isEmpty() || info.verb() == Verb.CREATE) {
            return "resource";
        }
        return info.namespace().isEmpty() ? "cluster" : "namespace";
    }

    private static boolean changes(Verb verb) {
        return switch (verb) {
            case CREATE, UPDATE, PATCH, DELETE, DELETECOLLECTION, POST, PUT -> true;
            case GET, LIST, WATCH, PROXY, HEAD, OPTIONS -> false;
        };
    }
}

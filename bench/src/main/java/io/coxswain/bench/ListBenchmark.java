package io.coxswain.bench;

import io.coxswain.client.Client;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A LIST of ten thousand pods, and what many large LISTs at a time need beside the objects.
final class ListBenchmark implements Benchmark {

    private static final int PODS = 10_000;
    private static final int RUNS = 30;
    private static final int MILLIS_GOAL = 70;
    private static final int RATE_GOAL = 400;

    private static final int PARALLEL = 10;
    private static final int LARGE = 2_000;
    private static final int LARGE_BYTES = 100_000;
    private static final int RESIDENT_GOAL_MB = 100;

    @Override
    public List<Figure> run() throws Exception {
        var figures = new ArrayList<Figure>();
        try (var target = Target.apiServer()) {
            figures.add(pods(target));
        }
        try (var target = Target.apiServer()) {
            figures.add(inParallel(target));
        }
        return figures;
    }

    private static Figure pods(Target target) throws Exception {
        target.client().create(Objects.account());
        new Load(64, PODS).run(target, (client, i) -> client.create(Objects.pod("pod-" + i)));
        var client = target.client();
        var request = Request.get("/api/v1/pods");
        var text = new String(body(client, request), StandardCharsets.UTF_8);
        var found = text.split("\"name\":\"pod-", -1).length - 1;
        Benchmark.check(found == PODS, "pods in the list: " + found);
        var length = length(client, request);
        var times = new ArrayList<Duration>();
        Load.Operation list =
                (asking, i) -> {
                    var began = Cost.CLOCK.nanos();
                    Benchmark.check(length(asking, request) == length, "another length");
                    times.add(Duration.ofNanos(Cost.CLOCK.nanos() - began));
                };
        Cost.of(target, 1, RUNS, list);
        times.clear();
        var cost = Cost.of(target, 1, RUNS, list);
        times.sort(null);
        var millis = times.get(RUNS / 2).toNanos() / 1e6;
        var rate = length / 1e3 / millis;
        var met = millis <= MILLIS_GOAL && rate >= RATE_GOAL;
        return new Figure(
                "LIST of 10,000 pods, %.1f MB, median of %d".formatted(length / 1e6, RUNS),
                "%.0f ms, %.0f MB/s, %s; goal %d ms, %d MB/s %s"
                        .formatted(
                                millis,
                                rate,
                                cost.text(),
                                MILLIS_GOAL,
                                RATE_GOAL,
                                met ? "met" : "NOT met"));
    }

    private static Figure inParallel(Target target) throws Exception {
        new Load(16, LARGE)
                .run(target, (client, i) -> client.create(Objects.configMap("m" + i, LARGE_BYTES)));
        var request = Request.get("/api/v1/namespaces/default/configmaps");
        var length = length(target.client(), request);
        target.heapAfterCollection();
        var before = target.residentBytes();
        target.forgetPeak();
        new Load(PARALLEL, PARALLEL)
                .run(
                        target,
                        (client, i) ->
                                Benchmark.check(
                                        length(client, request) == length, "another length"));
        var extra = (target.residentPeakBytes() - before) >> 20;
        return new Figure(
                "%d LISTs of %d MB at a time".formatted(PARALLEL, length / 1_000_000),
                "%d MB more resident at most; goal %d MB %s"
                        .formatted(
                                extra,
                                RESIDENT_GOAL_MB,
                                extra <= RESIDENT_GOAL_MB ? "met" : "NOT met"));
    }

    /// The whole answer to a request.
    static byte[] body(Client client, Request request) throws IOException {
        var all = new ByteArrayOutputStream();
        read(client, request, all::writeBytes);
        return all.toByteArray();
    }

    /// How long the answer to a request is; it is read and thrown away.
    static long length(Client client, Request request) throws IOException {
        var length = new long[1];
        read(client, request, bytes -> length[0] += bytes.length);
        return length[0];
    }

    private static void read(Client client, Request request, Reader reader) throws IOException {
        switch (client.send(request)) {
            case Response.Full full -> reader.take(full.body().bytes());
            case Response.Streaming streaming -> streaming.producer().writeTo(reader);
            case Response.Upgrade upgrade -> throw new IOException("an upgrade");
        }
    }

    private interface Reader extends Response.Sink {
        void take(byte[] bytes);

        @Override
        default void write(Payload frame) {
            take(frame.bytes());
        }

        @Override
        default void flush() {}

        @Override
        default void onClose(Runnable callback) {}
    }
}

package io.coxswain.bench;

import io.coxswain.base.Clock;
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

/// One LIST of ten thousand pods.
final class ListBenchmark implements Benchmark {

    private static final int PODS = 10_000;
    private static final int RUNS = 15;

    @Override
    public List<Figure> run() throws Exception {
        try (var target = Target.apiServer()) {
            target.client().create(Objects.account());
            new Load(64, PODS).run(target, (client, i) -> client.create(Objects.pod("pod-" + i)));
            var client = target.client();
            var times = new ArrayList<Duration>();
            var bytes = 0;
            for (var i = 0; i < RUNS; i++) {
                var began = Clock.SYSTEM.nanos();
                var body = body(client, Request.get("/api/v1/pods"));
                times.add(Duration.ofNanos(Clock.SYSTEM.nanos() - began));
                bytes = body.length;
                var found = new String(body, StandardCharsets.UTF_8).split("\"name\":\"pod-", -1);
                Benchmark.check(found.length - 1 == PODS, "pods in the list: " + found.length);
            }
            times.sort(null);
            var median = times.get(RUNS / 2).toNanos() / 1e9;
            var megabytes = bytes / 1e6;
            return List.of(
                    new Figure(
                            "LIST of 10,000 pods, %.1f MB, median".formatted(megabytes),
                            "%.0f ms, %.0f MB/s".formatted(median * 1e3, megabytes / median)));
        }
    }

    /// The whole answer to a request.
    static byte[] body(Client client, Request request) throws IOException {
        var all = new ByteArrayOutputStream();
        switch (client.send(request)) {
            case Response.Full full -> all.writeBytes(full.body().bytes());
            case Response.Streaming streaming -> streaming.producer().writeTo(new Collector(all));
            case Response.Upgrade upgrade -> throw new IOException("an upgrade");
        }
        return all.toByteArray();
    }

    private record Collector(ByteArrayOutputStream all) implements Response.Sink {
        @Override
        public void write(Payload frame) {
            all.writeBytes(frame.bytes());
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {}
    }
}

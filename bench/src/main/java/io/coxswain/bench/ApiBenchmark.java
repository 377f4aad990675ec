package io.coxswain.bench;

import io.coxswain.api.core.Pod;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/// What each request costs the server, in time of its processors and in bytes allocated, with a
/// thousand, ten thousand and a hundred thousand pods stored; and what watchers cost it.
///
/// `-Dapi.pods=1000,10000` measures at other sizes.
final class ApiBenchmark implements Benchmark {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final int CLIENTS = 64;
    private static final int SAMPLE = 4_000;
    private static final int WARM_PODS = 500;
    private static final int READS = 40_000;
    private static final int MEMORY_GOAL_AT = 50_000;
    private static final int MEMORY_GOAL_MB = 700;

    private final List<Figure> figures = new ArrayList<>();
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private int stored;

    @Override
    public List<Figure> run() throws Exception {
        try (var target = Target.apiServer()) {
            target.client().create(Objects.account());
            var heapEmpty = target.heapAfterCollection();
            create(target, WARM_PODS);
            warmUp(target);
            for (var size : System.getProperty("api.pods", "1000,10000,100000").split(",")) {
                fillTo(target, Integer.parseInt(size));
                measure(target, "%,7d pods: ".formatted(stored));
            }
            var each = (target.heapAfterCollection() - heapEmpty) / stored;
            add("heap for each stored pod", "%,d bytes".formatted(each));
            add("resident memory with %,d pods".formatted(stored), megabytes(target));
            check(target);
        }
        try (var target = Target.apiServer()) {
            configMaps(target);
        }
        return List.copyOf(figures);
    }

    /// The compiler's work is not the server's.
    private void warmUp(Target target) throws Exception {
        Cost.of(target, CLIENTS, 2 * READS, (client, i) -> ok(client, Request.get(any())));
        Cost.of(target, CLIENTS, 3 * SAMPLE, this::patch);
        Cost.of(target, CLIENTS, 3 * SAMPLE, this::apply);
        Cost.of(target, 4, 100, (client, i) -> read(client, Request.get(PODS)));
    }

    private void configMaps(Target target) throws Exception {
        Cost.of(
                target,
                CLIENTS,
                10 * SAMPLE,
                (client, i) -> client.create(Objects.configMap("w" + i)));
        var cost =
                Cost.of(
                        target,
                        CLIENTS,
                        4 * SAMPLE,
                        (client, i) -> client.create(Objects.configMap("c" + i)));
        add("create ConfigMap", cost.against(new Goal(8_000, 150)));
    }

    /// The last creates before a size is reached are those that are measured.
    private void fillTo(Target target, int size) throws Exception {
        var measured = Math.min(SAMPLE, size - stored);
        for (var until : new int[] {MEMORY_GOAL_AT, size - measured}) {
            if (until > stored && until <= size - measured) {
                create(target, until - stored);
            }
            if (stored == MEMORY_GOAL_AT) {
                var seen = target.residentBytes() >> 20;
                add(
                        "resident memory with 50,000 pods",
                        "%d MB; goal %d MB %s"
                                .formatted(
                                        seen,
                                        MEMORY_GOAL_MB,
                                        seen <= MEMORY_GOAL_MB ? "met" : "NOT met"));
            }
        }
        var cost = create(target, size - stored);
        add("%,7d pods: create Pod".formatted(size), cost.against(new Goal(4_000, 250)));
    }

    private Cost create(Target target, int count) throws Exception {
        var first = stored;
        stored += count;
        return Cost.of(
                target, CLIENTS, count, (client, i) -> client.create(Objects.pod(name(first + i))));
    }

    private static String name(int number) {
        return "pod-" + number;
    }

    private String any() {
        return PODS + "/" + name(random.nextInt(stored));
    }

    private void measure(Target target, String at) throws Exception {
        Cost.of(target, CLIENTS, READS / 4, (client, i) -> ok(client, Request.get(any())));
        add(
                at + "GET",
                Cost.of(target, CLIENTS, READS, (client, i) -> ok(client, Request.get(any())))
                        .against(new Goal(25_000, 40)));
        list(target, at);
        var page = Request.get(PODS).withQuery(Query.parse("limit=500"));
        add(at + "LIST, page of 500", Cost.of(target, 1, 40, (c, i) -> read(c, page)).text());
        add(
                at + "PATCH (merge)",
                Cost.of(target, CLIENTS, SAMPLE, this::patch).against(new Goal(0, 400)));
        add(
                at + "PATCH (apply)",
                Cost.of(target, CLIENTS, SAMPLE, this::apply).against(new Goal(0, 600)));
        mixed(target, at);
        var deletes = Math.min(stored / 10, SAMPLE);
        var last = stored;
        stored -= deletes;
        add(
                at + "DELETE",
                Cost.of(
                                target,
                                CLIENTS,
                                deletes,
                                (client, i) ->
                                        ok(
                                                client,
                                                Request.of(
                                                                "DELETE",
                                                                PODS + "/" + name(last - 1 - i))
                                                        .withQuery(
                                                                Query.parse(
                                                                        "gracePeriodSeconds=0"))))
                        .text());
    }

    private void list(Target target, String at) throws Exception {
        var bytes = new long[1];
        var runs = Math.clamp(100_000 / stored, 3, 20);
        var cost =
                Cost.of(target, 1, runs, (client, i) -> bytes[0] = read(client, Request.get(PODS)));
        var millis = cost.took().toNanos() / 1e6 / runs;
        var rate = bytes[0] / 1e3 / millis;
        var goal = Math.max(1, 70 * stored / 10_000);
        add(
                at + "LIST",
                "%.0f ms, %.0f MB/s, %s; goal %d ms, 400 MB/s %s"
                        .formatted(
                                millis,
                                rate,
                                cost.text(),
                                goal,
                                millis <= goal && rate >= 400 ? "met" : "NOT met"));
    }

    /// Nine reads to one change, now and then a page.
    private void mixed(Target target, String at) throws Exception {
        var delays = new ConcurrentLinkedQueue<Long>();
        var page = Request.get(PODS).withQuery(Query.parse("limit=500"));
        var cost =
                Cost.of(
                        target,
                        CLIENTS,
                        4 * SAMPLE,
                        (client, i) -> {
                            var began = Cost.CLOCK.nanos();
                            if (i % 200 == 0) {
                                read(client, page);
                            } else if (i % 10 == 0) {
                                patch(client, i);
                            } else {
                                ok(client, Request.get(any()));
                            }
                            delays.add(Cost.CLOCK.nanos() - began);
                        });
        var sorted = delays.stream().sorted().toList();
        add(
                at + "mixed, p50 / p99",
                "%.1f / %.1f ms, %s"
                        .formatted(
                                sorted.get(sorted.size() / 2) / 1e6,
                                sorted.get(sorted.size() * 99 / 100) / 1e6,
                                cost.text()));
    }

    private void patch(Client client, int number) {
        var body = "{\"metadata\":{\"labels\":{\"changed\":\"n" + number + "\"}}}";
        ok(
                client,
                Request.of("PATCH", any())
                        .withBody("application/merge-patch+json", Payload.of(body)));
    }

    private void apply(Client client, int number) {
        var path = any();
        var body =
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\""
                        + path.substring(PODS.length() + 1)
                        + "\",\"annotations\":{\"applied\":\"n"
                        + number
                        + "\"}}}";
        ok(
                client,
                Request.of("PATCH", path)
                        .withQuery(Query.parse("fieldManager=bench&force=true"))
                        .withBody("application/apply-patch+yaml", Payload.of(body)));
    }

    private static void ok(Client client, Request request) {
        var status = client.send(request).status();
        Benchmark.check(status == 200, "status " + status);
    }

    private static long read(Client client, Request request) throws java.io.IOException {
        return ListBenchmark.length(client, request);
    }

    /// Every pod that was acknowledged is there, and no other.
    private void check(Target target) {
        var query = new ListQuery("default", "app=bench", "", "", 5_000);
        var found = target.client().list(Pod.class, query).items().size();
        Benchmark.check(found == stored, found + " pods stored of " + stored);
    }

    private static String megabytes(Target target) throws java.io.IOException {
        return (target.residentBytes() >> 20) + " MB";
    }

    private void add(String what, String value) {
        figures.add(new Figure(what, value));
        System.err.println("  " + what + "  " + value);
    }
}

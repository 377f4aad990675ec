package io.coxswain.bench.soak;

import io.coxswain.api.schema.ApiError;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// One client of many: writes, reads, lists and watches at a steady pace, over names that come
/// round again, so that what is stored stays about the same.
final class Traffic implements Runnable {

    private static final Duration PACE = Duration.ofMillis(40);
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
    private static final String EVENTS = "/api/v1/namespaces/default/events";
    private static final String JSON = "application/json";
    private static final int NAMES = 60;

    private final Client client;
    private final int number;
    private final Random random;
    private final AtomicLong requests;
    private volatile boolean over;

    Traffic(Client client, int number, AtomicLong requests) {
        this.client = client;
        this.number = number;
        this.random = new Random(number);
        this.requests = requests;
    }

    void stop() {
        over = true;
    }

    @Override
    public void run() {
        for (var i = 0; !over; i++) {
            try {
                one(i);
                requests.incrementAndGet();
            } catch (ApiError | UncheckedIOException | IOException refused) {
                // Names collide on purpose.
            }
            Clock.SYSTEM.pause(PACE);
        }
    }

    private void one(int i) throws IOException {
        var name = "s" + number + "-" + random.nextInt(NAMES);
        if (number == 0 && i % 300 == 299) {
            // They live for an hour, which is longer than most runs.
            send("DELETE", EVENTS, "{}");
        }
        switch (random.nextInt(12)) {
            case 0, 1 -> send("POST", MAPS, map(name, i));
            case 2, 3 -> send("PUT", MAPS + "/" + name, map(name, i));
            case 4 -> patch(MAPS + "/" + name, "{\"data\":{\"v\":\"" + i + "\"}}");
            case 5 -> send("DELETE", MAPS + "/" + name, "{}");
            case 6 -> patch(LEASES + "/l" + number, "{\"spec\":{\"leaseTransitions\":" + i + "}}");
            case 7 -> send("POST", LEASES, lease("l" + number));
            case 8 -> deployment(i);
            case 9 -> list();
            case 10 -> watch();
            default -> client.send(Request.get(MAPS + "/" + name));
        }
    }

    /// Controllers make pods for it and take them away again.
    private void deployment(int i) {
        var name = "d" + number + "-" + i / 100 % 3;
        if (i % 100 < 60) {
            send("POST", DEPLOYMENTS, deployment(name, 1 + i % 3));
        } else {
            send("DELETE", DEPLOYMENTS + "/" + name, "{}");
        }
    }

    private void list() throws IOException {
        read(client.send(Request.get(MAPS).withQuery(Query.parse("limit=500"))));
    }

    /// Follows for a while, and then goes away.
    private void watch() throws IOException {
        read(client.send(Request.get(MAPS).withQuery(Query.parse("watch=1&timeoutSeconds=1"))));
    }

    private static void read(Response response) throws IOException {
        if (response instanceof Response.Streaming streaming) {
            streaming.producer().writeTo(new Drain());
        }
    }

    private void send(String method, String path, String body) {
        client.send(Request.of(method, path).withBody(JSON, Payload.of(body)));
    }

    private void patch(String path, String body) {
        client.send(
                Request.of("PATCH", path)
                        .withBody("application/merge-patch+json", Payload.of(body)));
    }

    private static String map(String name, int i) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},
        "data":{"v":"%d","x":"%s"}}
        """
                .formatted(name, i, "0123456789abcdef".repeat(48));
    }

    private static String lease(String name) {
        return """
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"%s"},
        "spec":{}}
        """
                .formatted(name);
    }

    private static String deployment(String name, int replicas) {
        return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},"spec":
        {"replicas":%2$d,"selector":{"matchLabels":{"app":"%1$s"}},"template":{"metadata":
        {"labels":{"app":"%1$s"}},"spec":{"containers":[{"name":"c","image":"localhost/c"}]}}}}
        """
                .formatted(name, replicas);
    }

    /// Takes everything and keeps nothing.
    private static final class Drain implements Response.Sink {
        @Override
        public void write(Payload frame) {}

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {}
    }
}

package io.coxswain.bench;

import io.coxswain.apiserver.ApiServer;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.http.Payload;
import io.coxswain.http.Peer;
import io.coxswain.http.Request;
import io.coxswain.storage.embedded.EmbeddedStore;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What role bindings and admission policies add to a create, in processor time of the thread that
/// asks.
///
/// Three servers in this process take turns: one with neither, one with the bindings, one with
/// both. So all are equally warm, and what else the machine does falls on each alike; the medians
/// of the turns count.
final class AdmissionBenchmark implements Benchmark {

    private static final int POLICIES = 50;
    private static final int BINDINGS = 10_000;
    private static final int CREATES = 400;
    private static final int TURNS_WARM = 25;
    private static final int TURNS = 31;
    private static final double RATIO_GOAL = 2;
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";
    private static final String POLICY = "/apis/admissionregistration.k8s.io/v1/";

    @Override
    public List<Figure> run() {
        try (var plain = new Contender(0, 0);
                var bound = new Contender(BINDINGS, 0);
                var both = new Contender(BINDINGS, POLICIES)) {
            var all = List.of(plain, bound, both);
            for (var turn = 0; turn < TURNS_WARM + TURNS; turn++) {
                if (turn == TURNS_WARM) {
                    all.forEach(contender -> contender.micros.clear());
                }
                all.forEach(Contender::turn);
            }
            var ratio = both.median() / plain.median();
            return List.of(
                    new Figure("create, CPU", "%.1f µs".formatted(plain.median())),
                    new Figure("with 10,000 role bindings", "%.1f µs".formatted(bound.median())),
                    new Figure("and 50 policies", "%.1f µs".formatted(both.median())),
                    new Figure(
                            "ratio",
                            "%.2f; goal %.0f %s"
                                    .formatted(
                                            ratio,
                                            RATIO_GOAL,
                                            ratio <= RATIO_GOAL ? "met" : "NOT met")));
        }
    }

    /// A server, and what its turns took.
    private static final class Contender implements AutoCloseable {
        private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);
        private final EmbeddedStore store = EmbeddedStore.inMemory(Clock.SYSTEM);
        private final ApiServer server = server(store, Clock.SYSTEM);
        private final List<Double> micros = new ArrayList<>();
        private int created;

        Contender(int bindings, int policies) {
            server.start(loops);
            roles(server);
            binding(server, "bob", "bob");
            for (var i = 0; i < bindings; i++) {
                binding(server, "b" + i, "user" + i);
            }
            for (var i = 0; i < policies; i++) {
                policy(server, "p" + i);
            }
            var wide = "{\"metadata\":{\"name\":\"wide\"},\"data\":{" + entries(10) + "}}";
            post(server, "bob", MAPS, wide, policies == 0 ? 201 : 422);
        }

        void turn() {
            var bean = ManagementFactory.getThreadMXBean();
            var before = bean.getCurrentThreadCpuTime();
            for (var i = 0; i < CREATES; i++) {
                var body =
                        "{\"metadata\":{\"name\":\"m" + created++ + "\"},\"data\":{\"k\":\"v\"}}";
                post(server, "bob", MAPS, body, 201);
            }
            micros.add((bean.getCurrentThreadCpuTime() - before) / 1e3 / CREATES);
        }

        double median() {
            return micros.stream().sorted().toList().get(micros.size() / 2);
        }

        @Override
        public void close() {
            server.close();
            store.close();
            loops.close();
        }
    }

    private static String entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .collect(Collectors.joining(","));
    }

    private static ApiServer server(EmbeddedStore store, Clock clock) {
        return new ApiServer(
                new ApiServerConfiguration(
                        "192.0.2.1",
                        6443,
                        AddressRange.parse("10.96.0.0/24"),
                        false,
                        null,
                        CertificateAuthority.keyPair(),
                        "https://kubernetes.default.svc"),
                store,
                node -> {
                    throw new IllegalStateException("no kubelet here: " + node);
                },
                clock,
                new Random(1));
    }

    private static void roles(ApiServer server) {
        send(
                server,
                "admin",
                RBAC + "roles",
                "{\"metadata\":{\"name\":\"maps\"},\"rules\":[{\"apiGroups\":[\"\"],"
                        + "\"resources\":[\"configmaps\"],\"verbs\":[\"*\"]}]}");
    }

    private static void binding(ApiServer server, String name, String user) {
        var group = "\"apiGroup\":\"rbac.authorization.k8s.io\"";
        send(
                server,
                "admin",
                RBAC + "rolebindings",
                "{\"metadata\":{\"name\":\""
                        + name
                        + "\"},\"roleRef\":{"
                        + group
                        + ",\"kind\":\"Role\",\"name\":\"maps\"},\"subjects\":[{"
                        + group
                        + ",\"kind\":\"User\",\"name\":\""
                        + user
                        + "\"}]}");
    }

    private static void policy(ApiServer server, String name) {
        send(
                server,
                "admin",
                POLICY + "validatingadmissionpolicies",
                "{\"metadata\":{\"name\":\""
                        + name
                        + "\"},\"spec\":{\"matchConstraints\":"
                        + "{\"resourceRules\":[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],"
                        + "\"resources\":[\"configmaps\"],\"operations\":[\"CREATE\"]}]},"
                        + "\"validations\":[{\"expression\":\"object.data.size() < 10\"}]}}");
        send(
                server,
                "admin",
                POLICY + "validatingadmissionpolicybindings",
                "{\"metadata\":{\"name\":\""
                        + name
                        + "\"},\"spec\":{\"policyName\":\""
                        + name
                        + "\",\"validationActions\":[\"Deny\"]}}");
    }

    private static void send(ApiServer server, String user, String path, String body) {
        post(server, user, path, body, 201);
    }

    private static void post(
            ApiServer server, String user, String path, String body, int expected) {
        var who =
                user.equals("admin")
                        ? User.of(user, User.MASTERS)
                        : User.of(user, User.AUTHENTICATED);
        var answer =
                server.handle(
                        Request.of("POST", path)
                                .withPeer(Peer.inProcess(who))
                                .withBody("application/json", Payload.of(body)));
        Benchmark.check(
                answer.status() == expected,
                path + " answered " + answer.status() + " instead of " + expected);
    }
}

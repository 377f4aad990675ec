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
import java.util.List;
import java.util.Random;

/// What policies and role bindings add to a create, in CPU of one thread.
final class AdmissionBenchmark implements Benchmark {

    private static final int POLICIES = 50;
    private static final int BINDINGS = 10_000;
    private static final int CREATES = 3_000;
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";
    private static final String POLICY = "/apis/admissionregistration.k8s.io/v1/";

    private int created;

    @Override
    public List<Figure> run() {
        var clock = Clock.SYSTEM;
        try (var loops = new ThreadLoops(clock);
                var store = EmbeddedStore.inMemory(clock);
                var server = server(store, clock)) {
            server.start(loops);
            roles(server);
            binding(server, "bob", "bob");
            warm(server);
            var plain = micros(server);
            for (var i = 0; i < BINDINGS; i++) {
                binding(server, "b" + i, "user" + i);
            }
            warm(server);
            var bound = micros(server);
            for (var i = 0; i < POLICIES; i++) {
                policy(server, "p" + i);
            }
            warm(server);
            var all = micros(server);
            return List.of(
                    new Figure("create, CPU", plain + " µs"),
                    new Figure("with 10,000 role bindings", bound + " µs"),
                    new Figure("and 50 policies", all + " µs"),
                    new Figure("ratio", "%.2f".formatted((double) all / plain)));
        }
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

    private void warm(ApiServer server) {
        for (var i = 0; i < 4; i++) {
            micros(server);
        }
    }

    private long micros(ApiServer server) {
        var bean = ManagementFactory.getThreadMXBean();
        var before = bean.getCurrentThreadCpuTime();
        for (var i = 0; i < CREATES; i++) {
            var body = "{\"metadata\":{\"name\":\"m" + created++ + "\"},\"data\":{\"k\":\"v\"}}";
            send(server, "bob", "/api/v1/namespaces/default/configmaps", body);
        }
        return (bean.getCurrentThreadCpuTime() - before) / CREATES / 1_000;
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
        var who =
                user.equals("admin")
                        ? User.of(user, User.MASTERS)
                        : User.of(user, User.AUTHENTICATED);
        var answer =
                server.handle(
                        Request.of("POST", path)
                                .withPeer(Peer.inProcess(who))
                                .withBody("application/json", Payload.of(body)));
        Benchmark.check(answer.status() == 201, path + " answered " + answer.status());
    }
}

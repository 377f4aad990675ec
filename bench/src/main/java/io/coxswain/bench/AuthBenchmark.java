package io.coxswain.bench;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.rbac.Role;
import io.coxswain.api.rbac.RoleBinding;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.ApiServer;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.Security;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.audit.Audit;
import io.coxswain.apiserver.audit.LogSink;
import io.coxswain.apiserver.audit.PolicyFile;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer.Allowed;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Names;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.http.Payload;
import io.coxswain.http.Peer;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.storage.embedded.EmbeddedStore;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What it costs to find out who is asking and whether they may, and to write it down: processor
/// time of one thread, without any network.
final class AuthBenchmark implements Benchmark {

    private static final int BINDINGS = 10_000;
    private static final int NAMESPACES = 100;
    private static final int WARM_UP = 100_000;
    private static final int DECISIONS = 300_000;
    private static final int REQUESTS = 50_000;
    private static final String ISSUER = "https://kubernetes.default.svc";

    @Override
    public List<Figure> run() {
        var figures = new ArrayList<Figure>();
        decisions(figures);
        chain(figures);
        return figures;
    }

    private static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void decisions(List<Figure> figures) {
        var catalog = new Catalog();
        try (var store = EmbeddedStore.inMemory(Clock.SYSTEM);
                var authorizer = new RbacAuthorizer(store, catalog)) {
            var registry = new Registry(store, Clock.SYSTEM, List.of(), new Names(new Random(1)));
            fill(registry, catalog);
            authorizer.start();
            decide(authorizer, WARM_UP);
            var began = nanos();
            var allowed = decide(authorizer, DECISIONS);
            var each = (nanos() - began) / DECISIONS;
            check(allowed == DECISIONS / 2, "allowed: " + allowed);
            figures.add(new Figure("RBAC decision, 10,000 bindings", each + " ns"));

            ask(authorizer, "many", WARM_UP);
            began = nanos();
            ask(authorizer, "many", DECISIONS);
            each = (nanos() - began) / DECISIONS;
            figures.add(new Figure("RBAC decision, 10,000 bindings of one user", each + " ns"));
            figures.add(
                    new Figure(
                            "decision after a new binding",
                            afterWrite(registry, catalog, authorizer)));
        }
    }

    private static void check(boolean holds, String otherwise) {
        Benchmark.check(holds, otherwise);
    }

    private static String afterWrite(
            Registry registry, Catalog catalog, RbacAuthorizer authorizer) {
        var total = 0L;
        var writes = 1_000;
        for (var i = 0; i < writes; i++) {
            binding(registry, catalog, "late" + i, "n0", "late" + i);
            var began = nanos();
            ask(authorizer, "late" + i, 1);
            total += nanos() - began;
        }
        return "%.1f µs".formatted(total / 1e3 / writes);
    }

    private static void fill(Registry registry, Catalog catalog) {
        for (var i = 0; i < NAMESPACES; i++) {
            write(
                    registry,
                    catalog,
                    Role.class,
                    ("{metadata: {name: r, namespace: n%d}, rules: [{verbs: [get, list], apiGroups:"
                                    + " [''], resources: [pods, configmaps]}]}")
                            .formatted(i));
        }
        for (var i = 0; i < BINDINGS; i++) {
            binding(registry, catalog, "b" + i, "n" + i % NAMESPACES, "u" + i);
            binding(registry, catalog, "m" + i, "n0", "many");
        }
    }

    private static void binding(
            Registry registry, Catalog catalog, String name, String namespace, String user) {
        write(
                registry,
                catalog,
                RoleBinding.class,
                ("{metadata: {name: %s, namespace: %s}, roleRef: {apiGroup:"
                                + " rbac.authorization.k8s.io,"
                                + " kind: Role, name: r}, subjects: [{kind: User, name: %s}]}")
                        .formatted(name, namespace, user));
    }

    private static <T extends Resource> void write(
            Registry registry, Catalog catalog, Class<T> type, String yaml) {
        var object = RecordReader.fromTree(type, (Json.Obj) Yaml.read(yaml), new Problems());
        registry.write(catalog.of(type), null, object, WriteOptions.internal("bench"));
    }

    /// Half of the questions are about a namespace the user has no rights in.
    private static int decide(RbacAuthorizer authorizer, int count) {
        var allowed = 0;
        for (var i = 0; i < count; i++) {
            var user = User.of("u" + i % BINDINGS, User.AUTHENTICATED);
            var namespace = "n" + (i % 2 == 0 ? i % NAMESPACES : (i + 1) % NAMESPACES);
            var asked = new Attributes(user, "get", "", namespace, "pods", "", "p", "");
            allowed += authorizer.authorize(asked) instanceof Allowed ? 1 : 0;
        }
        return allowed;
    }

    private static void ask(RbacAuthorizer authorizer, String name, int count) {
        var user = User.of(name, User.AUTHENTICATED);
        for (var i = 0; i < count; i++) {
            var verb = i % 2 == 0 ? "get" : "delete";
            var asked = new Attributes(user, verb, "", "n0", "pods", "", "p", "");
            var allowed = authorizer.authorize(asked) instanceof Allowed;
            check(allowed == (i % 2 == 0), "wrong decision");
        }
    }

    private static void chain(List<Figure> figures) {
        var audit =
                new Audit(
                        PolicyFile.parse(
                                "{apiVersion: audit.k8s.io/v1, kind: Policy,"
                                        + " rules: [{level: Metadata}]}"),
                        new LogSink(OutputStream.nullOutputStream(), true),
                        Clock.SYSTEM);
        var bare = get(null, false);
        var known = get(null, true);
        var written = get(audit, true);
        figures.add(new Figure("GET in this process, as an administrator", micros(bare)));
        figures.add(new Figure("  with a token, flow control, RBAC", micros(known)));
        figures.add(new Figure("  and audit at Metadata", micros(written)));
        figures.add(new Figure("filters add", micros(written - bare)));
    }

    private static String micros(double nanos) {
        return "%.1f µs CPU".formatted(nanos / 1e3);
    }

    private static double get(@Nullable Audit audit, boolean byToken) {
        var standard = Security.STANDARD;
        var configuration =
                new ApiServerConfiguration(
                                "192.0.2.1",
                                6443,
                                AddressRange.parse("10.96.0.0/24"),
                                false,
                                null,
                                CertificateAuthority.keyPair(),
                                ISSUER)
                        .withSecurity(
                                new Security(
                                        audit,
                                        standard.identification(),
                                        standard.serviceAccounts(),
                                        standard.authorization(),
                                        List.of()));
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var store = EmbeddedStore.inMemory(Clock.SYSTEM);
                var server =
                        new ApiServer(
                                configuration,
                                store,
                                node -> {
                                    throw new IllegalStateException("no kubelet here: " + node);
                                },
                                Clock.SYSTEM,
                                new Random(1))) {
            server.start(loops);
            var path = "/api/v1/namespaces/default/configmaps/c";
            var request = byToken ? withToken(server, path) : asAdmin(Request.get(path));
            post(server, "/api/v1/namespaces/default/configmaps", "{metadata: {name: c}}");
            repeat(server, request, WARM_UP);
            var began = nanos();
            repeat(server, request, REQUESTS);
            return (double) (nanos() - began) / REQUESTS;
        }
    }

    private static void repeat(ApiServer server, Request request, int count) {
        for (var i = 0; i < count; i++) {
            var answer = server.handle(request);
            check(answer.status() == 200, "status " + answer.status());
        }
    }

    private static Request withToken(ApiServer server, String path) {
        var accounts = "/api/v1/namespaces/default/serviceaccounts";
        post(server, accounts, "{metadata: {name: bench}}");
        post(
                server,
                "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                "{metadata: {name: bench}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind:"
                        + " ClusterRole, name: system:aggregate-to-view}, subjects: [{kind: ServiceAccount,"
                        + " name: bench,"
                        + " namespace: default}]}");
        var issued = post(server, accounts + "/bench/token", "{}");
        var token = issued.object("status").text("token");
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return Request.get(path)
                .withPeer(new Peer(address, List.of(), null))
                .withHeader("authorization", "Bearer " + token)
                .withHeader("user-agent", "bench");
    }

    private static Request asAdmin(Request request) {
        return request.withPeer(Peer.inProcess(User.of("admin", User.MASTERS, User.AUTHENTICATED)));
    }

    private static Json.Obj post(ApiServer server, String path, String yaml) {
        var body =
                new String(
                        io.coxswain.api.json.JsonWriter.write(Yaml.read(yaml)),
                        StandardCharsets.UTF_8);
        var request = Request.of("POST", path).withBody("application/json", Payload.of(body));
        if (server.handle(asAdmin(request)) instanceof Response.Full answer
                && answer.status() < 300) {
            return JsonReader.readObject(answer.body().bytes());
        }
        throw new IllegalStateException("could not post to " + path);
    }
}

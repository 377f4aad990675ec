package io.coxswain.apiserver;

import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.apiserver.authentication.TokenFile;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.http.Handler;
import io.coxswain.http.Payload;
import io.coxswain.http.Peer;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.storage.embedded.EmbeddedStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/// An API server over an empty store, spoken to without a socket: by its administrator, or by
/// whoever [#as] names.
final class TestServer implements AutoCloseable {

    private static final KeyPair KEYS = CertificateAuthority.keyPair();

    /// Of the range for documentation: nobody connects to it.
    private static final String ADVERTISED = "192.0.2.1";

    final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    final EmbeddedStore store = EmbeddedStore.inMemory(clock);
    private final SimulatedLoops loops = new SimulatedLoops(clock, 1);
    private final ApiServer server;

    TestServer() {
        this(true);
    }

    TestServer(boolean anonymous) {
        this(anonymous, UnaryOperator.identity());
    }

    TestServer(boolean anonymous, UnaryOperator<ApiServerConfiguration> change) {
        var configuration =
                new ApiServerConfiguration(
                        ADVERTISED,
                        6443,
                        AddressRange.parse("10.96.0.0/24"),
                        anonymous,
                        TokenFile.parse("letmein,alice,7,\"devs,ops\"\n"),
                        KEYS,
                        "https://kubernetes.default.svc");
        this.server =
                new ApiServer(
                        change.apply(configuration),
                        store,
                        node -> {
                            throw new IllegalStateException("no kubelet here: " + node);
                        },
                        clock,
                        new Random(1));
        server.start(loops);
        admin().post("/api/v1/namespaces/default/serviceaccounts", "{metadata: {name: default}}");
    }

    void settle() {
        loops.settle();
    }

    /// Speaks as a member of `system:masters`.
    Caller admin() {
        return as("admin", User.MASTERS, User.AUTHENTICATED);
    }

    Caller as(String user, String... groups) {
        var peer = Peer.inProcess(User.of(user, groups));
        return new Caller(Request.get("/").withPeer(peer));
    }

    /// Comes as if over a socket: only headers say who it is.
    Caller stranger() {
        return new Caller(Request.get("/"));
    }

    Caller bearer(String token) {
        return stranger().with("Authorization", "Bearer " + token);
    }

    /// Comes over a socket with a token.
    Caller remote(String token) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        var caller = new Caller(Request.get("/").withPeer(new Peer(address, List.of(), null)));
        return caller.with("Authorization", "Bearer " + token);
    }

    /// As a socket would hand requests over.
    Handler handler() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        loops.close();
        store.close();
    }

    /// Makes requests that have the peer and headers of `pattern`. Bodies are written as YAML,
    /// because that is shorter, and sent as JSON.
    final class Caller {
        private final Request pattern;

        private Caller(Request pattern) {
            this.pattern = pattern;
        }

        Caller with(String header, String value) {
            return new Caller(pattern.withHeaders(pattern.headers().with(header, value)));
        }

        Answer get(String path) {
            return send("GET", path);
        }

        Answer delete(String path) {
            return send("DELETE", path);
        }

        Answer delete(String path, String options) {
            return send("DELETE", path, "application/json", json(options));
        }

        Answer post(String path, String yaml) {
            return send("POST", path, "application/json", json(yaml));
        }

        Answer put(String path, String yaml) {
            return send("PUT", path, "application/json", json(yaml));
        }

        Answer merge(String path, String yaml) {
            return send("PATCH", path, "application/merge-patch+json", json(yaml));
        }

        Answer strategic(String path, String yaml) {
            return send("PATCH", path, "application/strategic-merge-patch+json", json(yaml));
        }

        Answer apply(String path, String yaml) {
            return send("PATCH", path, "application/apply-patch+yaml", yaml);
        }

        Answer send(String method, String path) {
            return answer(request(method, path));
        }

        Answer send(String method, String path, String contentType, String body) {
            return answer(request(method, path).withBody(contentType, Payload.of(body)));
        }

        Answer send(String method, String path, String contentType, byte[] body) {
            return answer(request(method, path).withBody(contentType, Payload.of(body)));
        }

        /// Posts JSON that need not be any.
        Answer upload(String path, Payload body) {
            return answer(request("POST", path).withBody("application/json", body));
        }

        Watching watch(String path) {
            return new Watching(server.handle(request("GET", path)));
        }

        /// The answer as the server gives it, not read.
        Response open(String method, String target) {
            return server.handle(request(method, target));
        }

        private Request request(String method, String target) {
            var mark = target.indexOf('?');
            var path = mark < 0 ? target : target.substring(0, mark);
            var query = mark < 0 ? Query.EMPTY : Query.parse(target.substring(mark + 1));
            return Request.of(method, path)
                    .withQuery(query)
                    .withHeaders(pattern.headers())
                    .withPeer(pattern.peer());
        }

        private Answer answer(Request request) {
            return Answer.of(server.handle(request));
        }

        private static String json(String yaml) {
            var tree = Yaml.readAll(yaml).getFirst();
            return new String(JsonWriter.write(tree), StandardCharsets.UTF_8);
        }
    }
}

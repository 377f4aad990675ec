package io.coxswain.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.base.Clock;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A server of somebody else's make on the loopback interface, with a certificate of its own, that
/// answers what a test says.
final class TlsBackend implements AutoCloseable {

    static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("backends", Clock.SYSTEM, Duration.ofDays(1));

    /// A question as it came.
    record Asked(String method, String path, String query, byte[] body) {

        Json.Obj json() {
            return JsonReader.readObject(body);
        }

        Json.Obj request() {
            return json().object("request");
        }
    }

    record Reply(int status, Map<String, String> headers, byte[] body) {

        static Reply json(String yaml) {
            return json((Json.Obj) Yaml.read(yaml));
        }

        static Reply json(Json.Obj tree) {
            return new Reply(
                    200, Map.of("Content-Type", "application/json"), JsonWriter.write(tree));
        }

        static Reply text(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "text/plain"), body.getBytes(UTF_8));
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpsServer server;
    private final Function<Asked, Reply> behaviour;

    TlsBackend(Function<Asked, Reply> behaviour) {
        this.behaviour = behaviour;
        try {
            this.server = HttpsServer.create(new InetSocketAddress(loopback(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// The base 64 of the PEM of who vouches for it.
    static String authority() {
        return base64(AUTHORITY);
    }

    static String base64(CertificateAuthority authority) {
        var pem = Pem.encode(List.of(authority.certificate()));
        return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
    }

    String url(String path) {
        return "https://127.0.0.1:" + port() + path;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// How an admission webhook answers: `with` goes into the response beside the UID.
    static Reply review(Asked asked, String with) {
        var response =
                ((Json.Obj) Yaml.read(with)).with("uid", Json.of(asked.request().text("uid")));
        return Reply.json(
                ((Json.Obj)
                                Yaml.read(
                                        "{kind: AdmissionReview, apiVersion:"
                                                + " admission.k8s.io/v1}"))
                        .with("response", response));
    }

    static Reply patch(Asked asked, String operations) {
        var patch = JsonWriter.write(Yaml.read(operations));
        return review(
                asked,
                "{allowed: true, patchType: JSONPatch, patch: '"
                        + Base64.getEncoder().encodeToString(patch)
                        + "'}");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var question =
                    new Asked(
                            exchange.getRequestMethod(),
                            uri.getPath(),
                            String.valueOf(uri.getQuery()),
                            exchange.getRequestBody().readAllBytes());
            asked.add(question);
            var reply = behaviour.apply(question);
            reply.headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status, reply.body.length);
            exchange.getResponseBody().write(reply.body);
        }
    }

    /// What a server of this authority needs for TLS on the loopback interface.
    static SSLContext context() throws GeneralSecurityException, IOException {
        var identity =
                AUTHORITY.issue(
                        CertificateRequest.server(
                                "backend",
                                List.of("localhost", "backend.default.svc"),
                                List.of(loopback())));
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "key",
                identity.key(),
                new char[0],
                identity.chain().toArray(X509Certificate[]::new));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.coxswain.cluster;

import io.coxswain.base.Clock;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.http.HttpServer;
import io.coxswain.http.Limits;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.ServerOptions;
import io.coxswain.http.ServerTls;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// Says over HTTPS that a component is alive: `/healthz`, `/livez`, `/readyz`. Anybody may ask.
public final class ComponentServer {

    private static final Duration VALIDITY = Duration.ofDays(365);

    private ComponentServer() {}

    /// @param identity what it shows; see [#selfSigned]
    /// Throws [StartupException] when the port is taken.
    public static HttpServer start(String name, InetSocketAddress address, TlsIdentity identity) {
        var options = new ServerOptions(name, address, ServerTls.of(identity), Limits.DEFAULT);
        try {
            return HttpServer.start(options, ComponentServer::answer);
        } catch (UncheckedIOException e) {
            var cause = e.getCause();
            throw new StartupException(
                    (cause == null ? e : cause).getMessage()
                            + ". Choose another port with --secure-port (0 for none).");
        }
    }

    /// A certificate for a component that was given none.
    public static TlsIdentity selfSigned(String name) {
        var request =
                CertificateRequest.server(
                        name, List.of("localhost"), List.of(InetAddress.getLoopbackAddress()));
        return CertificateAuthority.create(name + "-ca", Clock.SYSTEM, VALIDITY).issue(request);
    }

    private static Response answer(Request request) {
        return switch (request.path()) {
            case "/healthz", "/livez", "/readyz" -> Response.text(200, "ok");
            default -> Response.text(404, "404 page not found\n");
        };
    }
}

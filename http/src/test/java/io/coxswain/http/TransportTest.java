package io.coxswain.http;

import io.coxswain.base.Clock;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.TlsIdentity;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/// The contract, over each way there is between a client and a handler.
class TransportTest {

    static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("test", Clock.SYSTEM, Duration.ofDays(1));
    static final TlsIdentity SERVER =
            AUTHORITY.issue(
                    CertificateRequest.server(
                            "server",
                            List.of("localhost"),
                            List.of(InetAddress.getLoopbackAddress())));

    static ServerOptions tls() {
        return ServerOptions.loopback().withTls(ServerTls.of(SERVER, AUTHORITY.certificate()));
    }

    static ClientOptions trusting() {
        return ClientOptions.DEFAULT.withTls(ClientTls.trusting(List.of(AUTHORITY.certificate())));
    }

    static URI uri(String scheme, HttpServer server) {
        return URI.create(scheme + "://127.0.0.1:" + server.port());
    }

    @Nested
    class InProcess extends TransportContract {
        @Override
        Transport connect(Handler handler) {
            return new DirectClient(handler, null);
        }
    }

    @Nested
    class Http1 extends TransportContract {
        private @Nullable HttpServer server;

        @Override
        Transport connect(Handler handler) {
            var started = HttpServer.start(ServerOptions.loopback(), handler);
            server = started;
            return HttpClient.to(uri("http", started), ClientOptions.DEFAULT);
        }

        @Override
        void disconnect() {
            if (server != null) {
                server.close();
            }
        }
    }

    @Nested
    class Http1OverTls extends TransportContract {
        private @Nullable HttpServer server;

        @Override
        Transport connect(Handler handler) {
            var started = HttpServer.start(tls(), handler);
            server = started;
            return HttpClient.to(uri("https", started), trusting().withHttp2(false));
        }

        @Override
        void disconnect() {
            if (server != null) {
                server.close();
            }
        }
    }

    @Nested
    class Http2 extends TransportContract {
        private @Nullable HttpServer server;

        @Override
        Transport connect(Handler handler) {
            var started = HttpServer.start(tls(), handler);
            server = started;
            return HttpClient.to(uri("https", started), trusting());
        }

        @Override
        void disconnect() {
            if (server != null) {
                server.close();
            }
        }
    }
}

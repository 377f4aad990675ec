package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.TlsIdentity;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is at the other end of a connection, both ways.
@Timeout(20)
class TlsTest {

    private static final CertificateAuthority AUTHORITY = TransportTest.AUTHORITY;

    /// Has the name of the authority, but not its key.
    private static final CertificateAuthority STRANGER =
            CertificateAuthority.create("test", Clock.SYSTEM, Duration.ofDays(1));

    private final AtomicReference<TlsIdentity> identity =
            new AtomicReference<>(TransportTest.SERVER);
    private final HttpServer server =
            HttpServer.start(
                    ServerOptions.loopback()
                            .withTls(
                                    new ServerTls(
                                            name -> identity.get(),
                                            () -> List.of(AUTHORITY.certificate()))),
                    TlsTest::describe);

    private static Response describe(Request request) {
        var peer = request.peer();
        if (peer.attachment() instanceof Peer.Untrusted untrusted) {
            return Response.text(401, "untrusted " + name(untrusted.certificate()));
        }
        var names = peer.certificates().stream().map(TlsTest::name).toList();
        return Response.text(200, "peer " + names + " " + (peer.address() != null));
    }

    private static String name(java.security.cert.X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private String ask(ClientOptions options) {
        try (var client = HttpClient.to(TransportTest.uri("https", server), options)) {
            return ((Response.Full) client.send(Request.get("/"))).body().text();
        }
    }

    private static ClientOptions as(TlsIdentity identity) {
        var tls = ClientTls.trusting(List.of(AUTHORITY.certificate())).withIdentity(identity);
        return ClientOptions.DEFAULT.withTls(tls);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientCertificateIsThePeer(boolean http2) {
        var jane = AUTHORITY.issue(CertificateRequest.client("jane", "developers"));

        assertThat(ask(as(jane).withHttp2(http2)))
                .isEqualTo("peer [CN=jane,O=developers, CN=test] true");
    }

    @Test
    void aClientWithoutCertificateHasNoName() {
        assertThat(ask(TransportTest.trusting())).isEqualTo("peer [] true");
    }

    @Test
    void aCertificateOfAStrangerIsShownAsUntrusted() {
        var eve = STRANGER.issue(CertificateRequest.client("eve", "system:masters"));

        assertThat(ask(as(eve))).isEqualTo("untrusted CN=eve,O=system:masters");
    }

    @Test
    void aServerCertificateIsNoClientCertificate() {
        assertThat(ask(as(TransportTest.SERVER))).isEqualTo("untrusted CN=server");
    }

    @Test
    void aClientRefusesAServerItCannotVerify() {
        var others = ClientTls.trusting(List.of(STRANGER.certificate()));

        assertThatThrownBy(() -> ask(ClientOptions.DEFAULT.withTls(others)))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> ask(ClientOptions.DEFAULT))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(ask(ClientOptions.DEFAULT.withTls(ClientTls.believingAnything())))
                .startsWith("peer");
    }

    @Test
    void aClientVerifiesTheNameItWasGivenAndDialsTheAddressItWasGiven() {
        var elsewhere = URI.create("https://node.example:10250");
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        var tls = ClientTls.trusting(List.of(AUTHORITY.certificate()));
        var options = ClientOptions.DEFAULT.withAddress(address);

        try (var client =
                HttpClient.to(elsewhere, options.withTls(tls.withServerName("localhost")))) {
            assertThat(client.send(Request.get("/")).status()).isEqualTo(200);
        }
        try (var client = HttpClient.to(elsewhere, options.withTls(tls))) {
            assertThatThrownBy(() -> client.send(Request.get("/")))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void bothSidesFollowARotatedCertificate() {
        var first = AUTHORITY.issue(CertificateRequest.client("first"));
        var second = AUTHORITY.issue(CertificateRequest.client("second"));
        var current = new AtomicReference<>(first);
        var tls = ClientTls.trusting(List.of(AUTHORITY.certificate())).withIdentity(current::get);
        var options = ClientOptions.DEFAULT.withTls(tls);

        try (var client = HttpClient.to(TransportTest.uri("https", server), options)) {
            assertThat(text(client)).contains("CN=first");
            current.set(second);
            assertThat(text(client)).contains("CN=second");
        }
        identity.set(STRANGER.issue(CertificateRequest.server("x", List.of(), List.of())));
        assertThatThrownBy(() -> ask(TransportTest.trusting()))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static String text(HttpClient client) {
        return ((Response.Full) client.send(Request.get("/"))).body().text();
    }
}

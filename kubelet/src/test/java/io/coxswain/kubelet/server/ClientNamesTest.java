package io.coxswain.kubelet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.Clock;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.http.Peer;
import io.coxswain.http.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who may ask a kubelet anything, its health and its profiles included.
class ClientNamesTest {

    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("test", Clock.SYSTEM, Duration.ofDays(1));
    private final ClientNames names = new ClientNames(List.of("kube-apiserver-kubelet-client"));

    private static Request from(List<X509Certificate> certificates) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return Request.get("/healthz").withPeer(new Peer(address, certificates, null));
    }

    private static List<X509Certificate> named(String name, String... organizations) {
        return AUTHORITY.issue(CertificateRequest.client(name, organizations)).chain();
    }

    @Test
    void onlyTheApiServerDoes() {
        assertThat(names.test(from(named("kube-apiserver-kubelet-client")))).isTrue();
        assertThat(names.test(from(List.of()))).isFalse();
        assertThat(names.test(from(named("system:node:n1", "system:nodes")))).isFalse();
    }

    @Test
    void aNameIsTheWholeNameAndNothingElseOfTheSubject() {
        assertThat(names.test(from(named("x", "kube-apiserver-kubelet-client")))).isFalse();
        assertThat(names.test(from(named("kube-apiserver-kubelet-client,CN=x")))).isFalse();
    }
}

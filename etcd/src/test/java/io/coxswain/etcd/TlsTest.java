package io.coxswain.etcd;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.etcd.EtcdOptions.Tls;
import io.coxswain.etcd.local.LocalEtcd;
import io.coxswain.storage.StoreException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A member that asks for certificates.
@Tag("real")
class TlsTest {

    @TempDir Path directory;

    @Test
    void onlyAClientWithACertificateIsLetIn() {
        var authority = CertificateAuthority.create("etcd-ca", Clock.SYSTEM, Duration.ofDays(1));
        authority.save(file("ca.crt"), file("ca.key"));
        authority
                .issue(
                        CertificateRequest.server(
                                "etcd",
                                List.of("localhost"),
                                List.of(InetAddress.ofLiteral("127.0.0.1"))))
                .save(file("server.crt"), file("server.key"));
        authority
                .issue(CertificateRequest.client("kube-apiserver-etcd-client"))
                .save(file("client.crt"), file("client.key"));
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var etcd =
                        LocalEtcd.start(
                                directory,
                                1,
                                "--cert-file=" + file("server.crt"),
                                "--key-file=" + file("server.key"),
                                "--trusted-ca-file=" + file("ca.crt"),
                                "--client-cert-auth")) {
            var options = EtcdOptions.of(etcd.servers());
            var known = new Tls(file("ca.crt"), file("client.crt"), file("client.key"));
            try (var store = EtcdStore.open(options.withTls(known), new PlainLayout(), loops)) {
                assertThat(created(store, pod("a"), "one").revision()).isPositive();
            }

            var missing = new Tls(file("nothing.crt"), null, null);
            assertThatThrownBy(() ->
                            EtcdStore.open(options.withTls(missing), new PlainLayout(), loops))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("nothing.crt");
            var stranger = new Tls(file("ca.crt"), null, null);
            assertThatThrownBy(() ->
                            EtcdImport.run(
                                    options.withTls(stranger),
                                    new PlainLayout(),
                                    new EtcdImport.Content(
                                            io.coxswain.storage.state.Root.EMPTY, 0, entry -> null),
                                    Clock.SYSTEM))
                    .isInstanceOf(StoreException.class);
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}

package io.coxswain.cluster.join;

import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.client.ApiClient;
import io.coxswain.client.Client;
import io.coxswain.cluster.HostAddress;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.FailoverTransport;
import io.coxswain.http.HttpClient;
import io.coxswain.http.ServerTls;
import io.coxswain.http.Transport;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A machine's place in a cluster: where the API server is, whose certificates to believe, and who
/// the machine is there. Kept in files, so that a restart needs no token.
public final class Membership implements AutoCloseable {

    private static final Duration SELF_SIGNED = Duration.ofDays(365);

    private final List<URI> servers;
    private final String node;
    private final Path directory;
    private final List<X509Certificate> authorities;
    private final AtomicReference<TlsIdentity> identity;
    private final SwitchingTransport transport;

    private Membership(
            List<URI> servers,
            String node,
            Path directory,
            List<X509Certificate> authorities,
            TlsIdentity first) {
        this.servers = servers;
        this.node = node;
        this.directory = directory;
        this.authorities = authorities;
        this.identity = new AtomicReference<>(first);
        this.transport = new SwitchingTransport(this::connect);
    }

    /// The place that an earlier run has left in `directory`; null when there is none, it is that
    /// of another node, or its certificate has ended.
    public static @Nullable Membership stored(
            List<URI> servers, String node, Path directory, Clock clock) {
        var key = directory.resolve("kubelet-client.key");
        var authority = directory.resolve("cluster-ca.crt");
        if (!Files.exists(key) || !Files.exists(authority)) {
            return null;
        }
        var identity = TlsIdentity.load(directory.resolve("kubelet-client.crt"), key);
        var subject = identity.certificate().getSubjectX500Principal().getName();
        var end = identity.certificate().getNotAfter().toInstant();
        return end.isAfter(clock.now()) && subject.contains("CN=" + name(node) + ",")
                ? new Membership(
                        servers, node, directory, Pem.readCertificates(authority), identity)
                : null;
    }

    /// A new place, which is written down.
    static Membership create(
            List<URI> servers,
            String node,
            Path directory,
            List<X509Certificate> authorities,
            TlsIdentity identity) {
        Pem.write(directory.resolve("cluster-ca.crt"), Pem.encode(authorities));
        var membership = new Membership(servers, node, directory, authorities, identity);
        membership.save(identity);
        return membership;
    }

    static String name(String node) {
        return "system:node:" + node;
    }

    public Client client(String component) {
        return new ApiClient(transport, component);
    }

    /// Keeps the client certificate good.
    public Loops.Running renewing(Loops loops) {
        var wanted =
                new CertificateRenewal.Wanted(
                        CertificateOrder.CLIENT,
                        CertificateRequest.client(name(node), "system:nodes"),
                        identity.get());
        return loops.start(
                "client certificate",
                new CertificateRenewal(
                        client("kubelet"), loops.clock(), new Random(), wanted, this::replace));
    }

    /// What the node server shows: at first a certificate it has signed itself, then, as soon as
    /// the cluster knows the node's addresses, one that the cluster has signed.
    public ServerTls serving(String address, Loops loops) {
        var request =
                CertificateRequest.server(
                                name(node), List.of(node), List.of(HostAddress.parse(address)))
                        .withOrganizations("system:nodes");
        var shown =
                new AtomicReference<>(
                        CertificateAuthority.create(node + "-ca", loops.clock(), SELF_SIGNED)
                                .issue(request));
        var wanted = new CertificateRenewal.Wanted(CertificateOrder.SERVING, request, null);
        loops.start(
                "serving certificate",
                new CertificateRenewal(
                        client("kubelet"), loops.clock(), new Random(), wanted, shown::set));
        return new ServerTls(name -> shown.get(), () -> authorities);
    }

    private void replace(TlsIdentity other) {
        save(other);
        identity.set(other);
        transport.reconnect();
    }

    private void save(TlsIdentity other) {
        other.save(
                directory.resolve("kubelet-client.crt"), directory.resolve("kubelet-client.key"));
    }

    private Transport connect() {
        var tls = ClientTls.trusting(authorities).withIdentity(identity::get);
        var options = ClientOptions.DEFAULT.withTls(tls);
        return new FailoverTransport(
                servers.stream().map(server -> HttpClient.to(server, options)).toList());
    }

    @Override
    public void close() {
        transport.close();
    }
}

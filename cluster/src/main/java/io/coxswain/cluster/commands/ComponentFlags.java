package io.coxswain.cluster.commands;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.client.Kubeconfig;
import io.coxswain.client.KubeconfigConnection;
import io.coxswain.client.runtime.LeaderElection.Candidacy;
import io.coxswain.cluster.ComponentServer;
import io.coxswain.cluster.HostAddress;
import io.coxswain.cluster.StartupException;
import io.coxswain.http.HttpClient;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The flags of every component that runs as a process of its own. The names are upstream's.
record ComponentFlags(
        @Flag("How to reach the API server, and as whom") String kubeconfig,
        @Flag(value = "Whether one of several works and the others stand by", def = "true")
                boolean leaderElect,
        @Flag(value = "How long a lease that is not renewed keeps others out", def = "15s")
                Duration leaderElectLeaseDuration,
        @Flag(value = "How long a leader goes on without having renewed", def = "10s")
                Duration leaderElectRenewDeadline,
        @Flag(value = "How often everyone tries", def = "2s") Duration leaderElectRetryPeriod,
        @Flag(value = "The namespace of the lease", def = "kube-system")
                String leaderElectResourceNamespace,
        @Flag("The name of the lease; the component's by default") String leaderElectResourceName,
        @Flag(value = "The address to answer at about its health", def = "0.0.0.0")
                String bindAddress,
        @Flag("The port to answer at; 0 for none") @Nullable Integer securePort,
        @Flag("The certificate to show there; self-signed by default") String tlsCertFile,
        @Flag("The key of that certificate") String tlsPrivateKeyFile) {

    HttpClient connect() {
        try {
            return new KubeconfigConnection(context()).connect();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new StartupException("--kubeconfig " + kubeconfig + ": " + e.getMessage());
        }
    }

    /// The same server, without saying who is calling.
    KubeconfigConnection asNobody() {
        var known = context();
        return new KubeconfigConnection(
                new Kubeconfig.Context(
                        known.name(),
                        known.cluster(),
                        Json.EMPTY,
                        known.namespace(),
                        known.directory()));
    }

    private Kubeconfig.Context context() {
        if (kubeconfig.isEmpty()) {
            throw new StartupException("--kubeconfig is needed: how to reach the API server");
        }
        var file = Path.of(kubeconfig);
        if (!Files.isReadable(file)) {
            throw new StartupException("--kubeconfig: " + kubeconfig + " cannot be read");
        }
        try {
            return Kubeconfig.read(file).context("");
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new StartupException("--kubeconfig " + kubeconfig + ": " + e.getMessage());
        }
    }

    Candidacy candidacy(String component) {
        if (leaderElectLeaseDuration.compareTo(leaderElectRenewDeadline) <= 0) {
            throw new StartupException(
                    "--leader-elect-lease-duration must be greater than"
                            + " --leader-elect-renew-deadline");
        }
        if (leaderElectRenewDeadline.compareTo(leaderElectRetryPeriod) <= 0) {
            throw new StartupException(
                    "--leader-elect-renew-deadline must be greater than"
                            + " --leader-elect-retry-period");
        }
        return new Candidacy(
                leaderElectResourceNamespace,
                leaderElectResourceName.isEmpty() ? component : leaderElectResourceName,
                HostAddress.name() + "_" + UUID.randomUUID(),
                leaderElectLeaseDuration,
                leaderElectRenewDeadline,
                leaderElectRetryPeriod);
    }

    /// Answers about health until it is closed; does nothing with port 0.
    AutoCloseable serve(String component, int standardPort) {
        var port = securePort == null ? standardPort : securePort;
        if (port == 0) {
            return () -> {};
        }
        return ComponentServer.start(
                component, new InetSocketAddress(bindAddress, port), identity(component));
    }

    private TlsIdentity identity(String component) {
        if (tlsCertFile.isEmpty() != tlsPrivateKeyFile.isEmpty()) {
            throw new StartupException("--tls-cert-file and --tls-private-key-file go together");
        }
        try {
            return tlsCertFile.isEmpty()
                    ? ComponentServer.selfSigned(component)
                    : TlsIdentity.load(Path.of(tlsCertFile), Path.of(tlsPrivateKeyFile));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new StartupException("--tls-cert-file: " + e.getMessage());
        }
    }
}

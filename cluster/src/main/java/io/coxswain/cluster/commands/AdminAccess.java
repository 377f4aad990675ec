package io.coxswain.cluster.commands;

import io.coxswain.base.flags.Flag;
import io.coxswain.client.ApiClient;
import io.coxswain.client.Client;
import io.coxswain.client.Kubeconfig;
import io.coxswain.client.KubeconfigConnection;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.HostAddress;
import io.coxswain.cluster.StartupException;
import io.coxswain.http.HttpClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToIntFunction;

/// The flags of commands that ask a running cluster for something, as its administrator.
record AdminAccess(
        @Flag("Where the cluster on this machine keeps its state") String dataDir,
        @Flag("The kubeconfig to use instead of the one in the data directory; $KUBECONFIG counts")
                String kubeconfig) {

    /// What is known about a connection.
    record Connection(Client client, URI server, String authority) {}

    /// Connects, does something, and turns what goes wrong into words.
    int with(ToIntFunction<Connection> work) {
        var file = file();
        if (!Files.isReadable(file)) {
            throw new StartupException(
                    "no cluster is known here: "
                            + file
                            + " cannot be read. Start one with cox up, or give --kubeconfig.");
        }
        try {
            var context = Kubeconfig.read(file).context("");
            var connection = new KubeconfigConnection(context);
            try (HttpClient http = connection.connect()) {
                var authority = context.cluster().text("certificate-authority-data");
                return work.applyAsInt(
                        new Connection(new ApiClient(http, "cox"), connection.server(), authority));
            }
        } catch (IllegalArgumentException e) {
            throw new StartupException(file + ": " + e.getMessage());
        } catch (UncheckedIOException e) {
            var cause = e.getCause();
            throw new StartupException(
                    "the cluster of "
                            + file
                            + " does not answer: "
                            + (cause == null ? e : cause).getMessage());
        }
    }

    private Path file() {
        if (!kubeconfig.isEmpty()) {
            return Path.of(kubeconfig);
        }
        var directory =
                dataDir.isEmpty()
                        ? DataDirectory.standard(HostAddress.root(), HostAddress.home())
                        : Path.of(dataDir);
        var own = new DataDirectory(directory.toAbsolutePath()).adminKubeconfig();
        if (Files.exists(own) || !dataDir.isEmpty()) {
            return own;
        }
        var named = System.getenv("KUBECONFIG");
        return named == null || named.isEmpty()
                ? HostAddress.home().resolve(".kube").resolve("config")
                : Path.of(named);
    }
}

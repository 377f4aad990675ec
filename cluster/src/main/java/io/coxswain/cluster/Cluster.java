package io.coxswain.cluster;

import io.coxswain.apiserver.User;
import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.base.ThreadLoops;
import io.coxswain.http.ServerTls;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole cluster on this machine, in one process: control plane, simulated nodes, one real node.
/// Read [#start] from top to bottom: it is the architecture.
public final class Cluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private final Loops loops = new ThreadLoops(Clock.SYSTEM);
    private final ClusterConfiguration configuration;
    private final DataDirectory data;
    private final Progress progress;
    private final Pki pki;
    private @Nullable ControlPlane controlPlane;
    private @Nullable Part simulated;
    private @Nullable LocalNode node;

    private Cluster(ClusterConfiguration configuration, DataDirectory data, Progress progress) {
        this.configuration = configuration;
        this.data = data;
        this.progress = progress;
        this.pki = Pki.open(data.pki(), Clock.SYSTEM);
        progress.done("certificates ready");
    }

    /// Starts everything and waits until the node is ready; when a part fails, what was started
    /// stops.
    public static Cluster start(
            ClusterConfiguration configuration, DataDirectory data, Progress progress) {
        var cluster = new Cluster(configuration, data, progress);
        try {
            cluster.startParts();
            return cluster;
        } catch (RuntimeException e) {
            try {
                cluster.close();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void startParts() {
        if (configuration.realNode()) {
            node = LocalNode.prepare(NodePlaces.of(data), loops, progress);
        }
        var plane = ControlPlane.start(configuration.controlPlane(), pki, data, loops, progress);
        controlPlane = plane;
        if (configuration.simulatedNodes() > 0) {
            simulated = SimulatedMachines.start(plane, configuration.simulatedNodes(), loops);
            progress.done(configuration.simulatedNodes() + " simulated nodes started");
        }
        if (node != null) {
            startNode(node, plane);
        }
    }

    private void startNode(LocalNode machine, ControlPlane plane) {
        var name = HostAddress.name();
        var address = configuration.controlPlane().addresses().advertised();
        var network = configuration.controlPlane().addresses().network();
        var settings =
                new NodeSettings(
                        name, address, NodeSettings.PORT, Map.of(), network, NodePlaces.of(data));
        var serving = pki.kubeletServing(name, List.of(HostAddress.parse(address)));
        machine.start(
                settings,
                plane.client(
                        User.of("system:node:" + name, "system:nodes", User.AUTHENTICATED),
                        "kubelet"),
                plane.client(User.of("system:kube-proxy", User.AUTHENTICATED), "kube-proxy"),
                ServerTls.of(serving, pki.authority()));
    }

    public ControlPlane controlPlane() {
        var plane = controlPlane;
        if (plane == null) {
            throw new IllegalStateException("the cluster is not started");
        }
        return plane;
    }

    public Pki pki() {
        return pki;
    }

    /// Ends everything that was started, containers included, and leaves nothing on the machine but
    /// the data directory.
    @Override
    public void close() {
        // The last of these runs first, and each runs whatever became of the one before.
        try (var _ = loops;
                var _ = closing(controlPlane);
                var _ = closing(simulated);
                var _ = closing(node)) {
            LOG.debug("stopping");
        }
    }

    private static Part closing(@Nullable Part part) {
        return part == null ? () -> {} : part;
    }
}

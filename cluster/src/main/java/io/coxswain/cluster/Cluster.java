package io.coxswain.cluster;

import io.coxswain.api.core.Node;
import io.coxswain.apiserver.User;
import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.base.ThreadLoops;
import io.coxswain.kubelet.node.HostCommands;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A whole cluster on this machine, in one process: control plane, one real node, Service proxy and
/// cluster DNS. Read [#start] from top to bottom: it is the architecture.
public final class Cluster implements AutoCloseable {

    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);

    /// The cluster DNS is the tenth Service address.
    private static final int DNS_OFFSET = 10;

    private final Loops loops = new ThreadLoops(Clock.SYSTEM);
    private final ClusterConfiguration configuration;
    private final DataDirectory data;
    private final Progress progress;
    private final HostCommands commands = HostCommands.host();
    private final Pki pki;
    private @Nullable ControlPlane controlPlane;
    private @Nullable NodeAgent node;
    private @Nullable NodeNetwork network;

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
            NodeAgent.claim(data).take();
        }
        // The container runtime takes longest to be up, so it starts beside the control plane.
        var host =
                configuration.realNode()
                        ? Later.of(
                                "node-host",
                                () -> NodeAgent.startHost(data, commands, loops, progress))
                        : null;
        var plane = ControlPlane.start(configuration.controlPlane(), pki, data, loops, progress);
        controlPlane = plane;
        if (host == null) {
            return;
        }
        var name = nodeName();
        var address = configuration.controlPlane().advertiseAddress();
        var services = configuration.controlPlane().serviceCidr();
        var answers =
                NodeNetwork.start(
                        new NodeNetwork.Settings(
                                name,
                                address,
                                services.cidr(),
                                configuration.controlPlane().clusterCidr(),
                                services.at(DNS_OFFSET)),
                        plane.client(
                                User.of("system:kube-proxy", User.AUTHENTICATED, User.MASTERS),
                                "kube-proxy"),
                        loops);
        network = answers;
        progress.done("service proxy and cluster DNS started");
        var nodeConfiguration =
                NodeConfiguration.of(
                        name, address, configuration.podCidr(), services.at(DNS_OFFSET), data);
        var serving = pki.kubeletServing(name, List.of(HostAddress.parse(address)));
        var agent =
                NodeAgent.start(
                        nodeConfiguration,
                        host.get(),
                        plane.client(
                                User.of("system:node:" + name, "system:nodes", User.AUTHENTICATED),
                                "kubelet"),
                        serving,
                        pki.authority(),
                        commands,
                        loops);
        node = agent;
        progress.done("kubelet started");
        var client = plane.client(User.of("cox-up", User.MASTERS), "cox");
        await("the node", () -> ready(client.find(Node.class, "", name)));
        progress.done("node " + name + " is Ready");
        await("cluster DNS", answers::ready);
        progress.done("Services and DNS answer");
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
                var _ = closing(network)) {
            var agent = node;
            if (agent != null) {
                agent.stop();
            } else if (configuration.realNode()) {
                NodeAgent.stopHost(data, commands, loops);
            }
        }
    }

    private static Part closing(@Nullable Part part) {
        return part == null ? () -> {} : part;
    }

    private static void await(String what, BooleanSupplier ready) {
        var end = Clock.SYSTEM.nanos() + READY_MAX.toNanos();
        while (!ready.getAsBoolean()) {
            if (Clock.SYSTEM.nanos() > end) {
                throw new StartupException(
                        what + " did not become ready within " + READY_MAX.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean ready(@Nullable Node node) {
        return node != null
                && node.status().conditions().stream()
                        .anyMatch(condition ->
                                condition.type().equals("Ready")
                                        && condition.status().equals("True"));
    }

    private static String nodeName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}

package io.coxswain.cluster;

import io.coxswain.api.core.Node;
import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.http.ServerTls;
import io.coxswain.kubelet.NodeHost;
import io.coxswain.kubelet.node.HostCommands;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This machine as a node: container runtime, service rules, cluster DNS, kubelet.
final class LocalNode implements Part {

    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);

    private final NodePlaces places;
    private final Loops loops;
    private final Progress progress;
    private final HostCommands commands;
    private final Later<NodeHost> host;
    private @Nullable NodeNetwork network;
    private @Nullable NodeAgent agent;

    private LocalNode(NodePlaces places, Loops loops, Progress progress, HostCommands commands) {
        this.places = places;
        this.loops = loops;
        this.progress = progress;
        this.commands = commands;
        this.host =
                Later.of("node-host", () -> NodeAgent.startHost(places, commands, loops, progress));
    }

    /// Begins with the container runtime, which takes longest, beside what the caller does next.
    static LocalNode prepare(NodePlaces places, Loops loops, Progress progress) {
        NodeAgent.claim(places).take();
        places.remember();
        return new LocalNode(places, loops, progress, HostCommands.host());
    }

    /// @param kubelet the node's client
    /// @param proxy that of the service proxy
    void start(NodeSettings settings, Client kubelet, Client proxy, ServerTls tls) {
        var answers = NodeNetwork.start(settings, proxy, kubelet, loops);
        network = answers;
        progress.done("service proxy and cluster DNS started");
        agent = NodeAgent.start(settings, host.get(), kubelet, tls, commands, loops);
        progress.done("kubelet started");
        await("the node", () -> ready(kubelet.find(Node.class, "", settings.name())));
        progress.done("node " + settings.name() + " is Ready");
        await("cluster DNS", answers::ready);
        progress.done("Services and DNS answer");
    }

    /// Ends everything, containers included, and leaves nothing on the machine but files.
    @Override
    public void close() {
        var rules = network;
        Part last = rules == null ? () -> {} : rules;
        try (last) {
            var running = agent;
            if (running != null) {
                running.stop();
            } else {
                settle();
                NodeAgent.stopHost(places, commands, loops);
            }
        }
    }

    /// What is starting cannot be stopped before it has started, or failed to.
    private void settle() {
        try {
            host.get().close();
        } catch (RuntimeException e) {
            LOG.debug("the host part of the node did not start", e);
        }
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
}

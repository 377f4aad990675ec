package io.coxswain.cluster;

import io.coxswain.api.core.Node;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.informer.SharedInformers;
import io.coxswain.http.HttpServer;
import io.coxswain.http.Limits;
import io.coxswain.http.ServerOptions;
import io.coxswain.http.ServerTls;
import io.coxswain.kubelet.Kubelet;
import io.coxswain.kubelet.NodeEdges;
import io.coxswain.kubelet.NodeHost;
import io.coxswain.kubelet.containers.NodePodCgroups;
import io.coxswain.kubelet.hostports.PortRules;
import io.coxswain.kubelet.image.NodeImages;
import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.Mounts;
import io.coxswain.kubelet.node.NodeClaim;
import io.coxswain.kubelet.volumes.VolumeMounts;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// A node in this process: container runtime, kubelet and its server. Closing it lets the pods run
/// on; [#stop] ends them and takes everything away again.
public final class NodeAgent implements AutoCloseable {

    private final NodeHost host;
    private final SharedInformers informers;
    private final Kubelet kubelet;
    private final HttpServer server;
    private final Loops.Running podNetwork;
    private boolean closed;

    private NodeAgent(
            NodeHost host,
            SharedInformers informers,
            Kubelet kubelet,
            HttpServer server,
            Loops.Running podNetwork) {
        this.host = host;
        this.informers = informers;
        this.kubelet = kubelet;
        this.server = server;
        this.podNetwork = podNetwork;
    }

    /// Whose node this host is.
    public static NodeClaim claim(NodePlaces places) {
        return NodeHost.claim(places.host());
    }

    /// Starts the host's part: containerd, or the one that an earlier run has left, and images.
    public static NodeHost startHost(
            NodePlaces places, HostCommands commands, Loops loops, Progress progress) {
        var host = NodeHost.start(places.host(), commands, loops.clock());
        progress.done("containerd running");
        var present = host.images().names();
        if (!present.contains(NodeImages.BUSYBOX)) {
            host.images().load(NodeImages.busybox(commands));
            host.images().load(NodeImages.web(commands, 1));
            host.images().load(NodeImages.web(commands, 2));
            progress.done("images built and imported");
        }
        return host;
    }

    /// Ends what an earlier run has left on this machine, containers included.
    public static void stopHost(NodePlaces places, HostCommands commands, Loops loops) {
        NodeHost.of(places.host(), commands, loops.clock()).stop();
    }

    /// Where the container runtime of this node listens.
    public static Path socket(NodePlaces places, Clock clock) {
        try (var host = NodeHost.of(places.host(), HostCommands.host(), clock)) {
            return host.socket();
        }
    }

    static NodeAgent start(
            NodeSettings node,
            NodeHost host,
            Client client,
            ServerTls tls,
            HostCommands commands,
            Loops loops) {
        var informers = new SharedInformers(client, loops, new Random());
        var edges =
                new NodeEdges(
                        host.runtime(),
                        VolumeMounts.of(new Mounts(commands)),
                        new NodePodCgroups(host.cgroups(), node.places().cgroups()),
                        PortRules.with(commands));
        var kubelet = new Kubelet(node.kubelet(), client, informers, edges, loops);
        var options =
                new ServerOptions(
                        "kubelet", new InetSocketAddress(node.port()), tls, Limits.DEFAULT);
        var server = HttpServer.start(options, kubelet.server());
        kubelet.start();
        var podNetwork =
                loops.start(
                        "pod network", new PodNetwork(node.name(), client, host, loops.clock()));
        return new NodeAgent(host, informers, kubelet, server, podNetwork);
    }

    /// Gives pods addresses from the ranges that the cluster has given the node, once it has.
    private record PodNetwork(String node, Client client, NodeHost host, Clock clock)
            implements Loop {

        private static final Duration POLL = Duration.ofMillis(50);

        @Override
        public Next runOnce() {
            var ranges = ranges();
            if (ranges.isEmpty()) {
                return Next.in(clock, POLL);
            }
            host.network(ranges);
            return Next.DONE;
        }

        private List<String> ranges() {
            try {
                var found = client.find(Node.class, "", node);
                return found == null ? List.of() : found.spec().podCIDRs();
            } catch (ApiError | UncheckedIOException e) {
                return List.of();
            }
        }
    }

    /// Pods run on, and the next start takes them over.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        podNetwork.stop();
        server.close();
        kubelet.stop();
        informers.close();
        host.close();
    }

    /// Ends all pods and leaves nothing behind but images.
    public void stop() {
        close();
        host.stop();
    }
}

package io.coxswain.cluster;

import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.base.tls.TlsIdentity;
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
import io.coxswain.kubelet.node.CgroupTree;
import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.Mounts;
import io.coxswain.kubelet.node.NodeClaim;
import io.coxswain.kubelet.volumes.VolumeMounts;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Random;

/// A node in this process: container runtime, kubelet and its server. Closing it lets the pods run
/// on; [#stop] ends them and takes everything away again.
public final class NodeAgent implements AutoCloseable {

    static final String BRIDGE = "cox0";

    private final NodeHost host;
    private final SharedInformers informers;
    private final Kubelet kubelet;
    private final HttpServer server;
    private boolean closed;

    private NodeAgent(
            NodeHost host, SharedInformers informers, Kubelet kubelet, HttpServer server) {
        this.host = host;
        this.informers = informers;
        this.kubelet = kubelet;
        this.server = server;
    }

    /// Whose node this host is.
    public static NodeClaim claim(DataDirectory data) {
        return NodeHost.claim(settings(data));
    }

    /// Starts the host's part: containerd, or the one that an earlier run has left, and images.
    public static NodeHost startHost(
            DataDirectory data, HostCommands commands, Loops loops, Progress progress) {
        var host = NodeHost.start(settings(data), commands, loops.clock());
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
    public static void stopHost(DataDirectory data, HostCommands commands, Loops loops) {
        NodeHost.of(settings(data), commands, loops.clock()).stop();
    }

    /// Where the container runtime of this node listens.
    public static Path socket(DataDirectory data, Clock clock) {
        try (var host = NodeHost.of(settings(data), HostCommands.host(), clock)) {
            return host.socket();
        }
    }

    private static NodeHost.Settings settings(DataDirectory data) {
        return new NodeHost.Settings(data.root(), BRIDGE, CgroupTree.DEFAULT);
    }

    public static NodeAgent start(
            NodeConfiguration node,
            NodeHost host,
            Client client,
            TlsIdentity serving,
            X509Certificate authority,
            HostCommands commands,
            Loops loops) {
        host.network(node.podCidrs());
        var informers = new SharedInformers(client, loops, new Random());
        var edges =
                new NodeEdges(
                        host.runtime(),
                        VolumeMounts.of(new Mounts(commands)),
                        new NodePodCgroups(host.cgroups(), CgroupTree.DEFAULT),
                        PortRules.with(commands));
        var kubelet = new Kubelet(node.kubelet(), client, informers, edges, loops);
        var options =
                new ServerOptions(
                        "kubelet",
                        new InetSocketAddress(node.kubelet().port()),
                        ServerTls.of(serving, authority),
                        Limits.DEFAULT);
        var server = HttpServer.start(options, kubelet.server());
        kubelet.start();
        return new NodeAgent(host, informers, kubelet, server);
    }

    /// Pods run on, and the next start takes them over.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
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

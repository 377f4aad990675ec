package io.coxswain.kubelet;

import io.coxswain.base.Clock;
import io.coxswain.base.host.RunDirectory;
import io.coxswain.kubelet.hostports.PortRules;
import io.coxswain.kubelet.image.ImageImporter;
import io.coxswain.kubelet.image.NodeImages;
import io.coxswain.kubelet.image.PauseProgram;
import io.coxswain.kubelet.node.CgroupTree;
import io.coxswain.kubelet.node.Cgroups;
import io.coxswain.kubelet.node.CniConfig;
import io.coxswain.kubelet.node.ContainerdConfig;
import io.coxswain.kubelet.node.ContainerdProcess;
import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.HostException;
import io.coxswain.kubelet.node.HostNetwork;
import io.coxswain.kubelet.node.Mounts;
import io.coxswain.kubelet.node.NodeClaim;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.cri.CriRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One node's host side, ready for a kubelet: containerd with the sandbox image, a shared folder
/// for volumes, cgroups, and, as soon as the node has pod CIDRs, a pod network.
///
/// ```
/// new NodePackages(commands).install(say);
/// var host = NodeHost.start(new Settings(data, "cox0", CgroupTree.DEFAULT), commands, clock);
/// host.network(node.spec().podCIDRs());
/// ...
/// host.close();  // pods keep running, and the next start takes them over
/// host.stop();   // or: everything ends and nothing is left but images
/// ```
public final class NodeHost implements AutoCloseable {

    private static final Duration REMOVAL_MAX = Duration.ofSeconds(10);

    private final Settings settings;
    private final HostCommands commands;
    private final Clock clock;
    private final ContainerdConfig config;
    private final ContainerdProcess containerd;
    private final Cgroups cgroups;
    private final CriRuntime runtime;

    /// `data` holds `containerd/` and `kubelet/`. Nodes that share a machine differ in all three.
    public record Settings(Path data, String bridge, CgroupTree cgroups) {

        public Path kubelet() {
            return data.resolve("kubelet");
        }

        private Path containerd() {
            return data.resolve("containerd");
        }
    }

    private NodeHost(Settings settings, HostCommands commands, Clock clock) {
        this.settings = settings;
        this.commands = commands;
        this.clock = clock;
        this.config = ContainerdConfig.detect(settings.containerd(), NodeImages.PAUSE);
        this.containerd = new ContainerdProcess(config, commands, clock);
        this.cgroups = Cgroups.detect();
        this.runtime = CriRuntime.at(containerd.socket());
    }

    /// A host that is started before or later; nothing is touched yet. Enough to `stop()` what an
    /// earlier process has left.
    public static NodeHost of(Settings settings, HostCommands commands, Clock clock) {
        return new NodeHost(settings, commands, clock);
    }

    /// Starts containerd, or takes over the one that runs, and makes sure of what a pod needs
    /// besides the network. Throws [HostException] where another node has this host.
    public static NodeHost start(Settings settings, HostCommands commands, Clock clock) {
        var host = new NodeHost(settings, commands, clock);
        claim(settings).take();
        host.containerd.start();
        new Mounts(commands).share(settings.kubelet());
        if (host.runtime.images().find(NodeImages.PAUSE) == null) {
            host.images().load(NodeImages.pause(PauseProgram.hostArchitecture()));
        }
        return host;
    }

    /// Gives pods addresses from these ranges. The runtime's network becomes ready a moment later.
    public void network(List<String> podCidrs) {
        network(podCidrs, HostNetwork.mtu()).write(config.cniFolder());
    }

    private CniConfig network(List<String> podCidrs, int mtu) {
        return new CniConfig(
                settings.bridge(), podCidrs, settings.containerd().resolve("ipam"), mtu);
    }

    public ContainerRuntime runtime() {
        return runtime;
    }

    public ImageImporter images() {
        return new ImageImporter(commands, containerd.socket());
    }

    public Cgroups cgroups() {
        return cgroups;
    }

    public Path socket() {
        return containerd.socket();
    }

    /// Lets go of containerd. It and the pods keep running.
    @Override
    public void close() {
        runtime.close();
    }

    /// Ends every pod and containerd and takes away links, mounts, cgroups, network namespaces and
    /// rules. Images stay, so that the next start is quick.
    public void stop() {
        runtime.close();
        containerd.stop();
        if (claim(settings).foreign()) {
            return; // What is left belongs to another node.
        }
        network(List.of(), 0).remove(commands);
        PortRules.remove(commands);
        new Mounts(commands).unmountUnder(settings.kubelet());
        removeCgroups();
        claim(settings).release();
    }

    /// Whose node this host is.
    public static NodeClaim claim(Settings settings) {
        return new NodeClaim(RunDirectory.ofThisHost(), settings.bridge(), settings.data());
    }

    /// Killed processes take a moment to leave their groups.
    private void removeCgroups() {
        var own = settings.cgroups().root();
        var top = own.isEmpty() ? settings.cgroups().pods() : own;
        var end = clock.nanos() + REMOVAL_MAX.toNanos();
        cgroups.kill(top);
        while (!cgroups.remove(top)) {
            if (clock.nanos() > end) {
                throw new HostException("processes do not leave the cgroup " + top);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}

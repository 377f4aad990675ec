package io.coxswain.kubelet.node;

import io.coxswain.base.Clock;
import io.coxswain.kubelet.image.ImageImporter;
import io.coxswain.kubelet.image.NodeImages;
import io.coxswain.kubelet.image.PauseProgram;
import io.coxswain.kubelet.runtime.cri.CriRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A containerd with a pod network and the project's images, for tests as root. Its addresses are kept
/// from leaving the machine.
public final class RealNode implements AutoCloseable {

    private static final String GUARDED = "10.244.0.0/16";

    public final HostCommands commands = HostCommands.host();
    public final Path home;
    public final String bridge;
    public final ContainerdConfig config;
    public final CgroupTree cgroups;
    public final CniConfig network;
    public final ContainerdProcess containerd;
    public final CriRuntime runtime;

    public RealNode(String bridge, String podCidr) {
        new NodePackages(commands).install(System.out::println);
        this.bridge = bridge;
        this.cgroups = new CgroupTree("/test-" + bridge);
        this.home = folder();
        config = ContainerdConfig.detect(home, NodeImages.PAUSE);
        commands.run("ip", "route", "add", "unreachable", GUARDED, "metric", "4294967295");
        network = new CniConfig(bridge, List.of(podCidr), home.resolve("ipam"), HostNetwork.mtu());
        containerd = new ContainerdProcess(config, commands, Clock.SYSTEM);
        containerd.start();
        runtime = CriRuntime.at(containerd.socket());
        var importer = new ImageImporter(commands, containerd.socket());
        importer.load(NodeImages.pause(PauseProgram.hostArchitecture()));
        importer.load(NodeImages.busybox(commands));
        await(() -> runtime.images().find(NodeImages.BUSYBOX) != null);
        network.write(
                config.cniFolder()); // Only now, as on a node that has yet to get its pod CIDR.
        await(() -> runtime.status().networkReady());
    }

    /// Waits up to ten seconds.
    public static void await(BooleanSupplier condition) {
        for (int i = 0; i < 500; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("it did not happen");
    }

    @Override
    public void close() {
        runtime.close();
        containerd.stop();
        network.remove(commands);
        Cgroups.detect().kill(cgroups.root());
        await(() -> Cgroups.detect().remove(cgroups.root()));
        commands.run("ip", "route", "del", "unreachable", GUARDED, "metric", "4294967295");
        Trees.delete(home);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("coxswain-node");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.coxswain.kubelet.node;

import io.coxswain.base.Clock;
import io.coxswain.kubelet.NodeHost;
import io.coxswain.kubelet.image.NodeImages;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A node's host with a pod network and the project's images, for tests as root. Its addresses are
/// kept from leaving the machine.
public final class RealNode implements AutoCloseable {

    private static final String GUARDED = "10.244.0.0/16";

    public final HostCommands commands = HostCommands.host();
    public final NodeHost.Settings settings;
    public final Path home;
    public final NodeHost host;
    public final ContainerRuntime runtime;

    public RealNode(String bridge, String podCidr) {
        new NodePackages(commands).install(System.out::println);
        home = folder();
        settings = new NodeHost.Settings(home, bridge, new CgroupTree("/test-" + bridge));
        commands.run("ip", "route", "add", "unreachable", GUARDED, "metric", "4294967295");
        host = NodeHost.start(settings, commands, Clock.SYSTEM);
        runtime = host.runtime();
        host.images().load(NodeImages.busybox(commands));
        await(() -> runtime.images().find(NodeImages.PAUSE) != null);
        await(() -> runtime.images().find(NodeImages.BUSYBOX) != null);
        host.network(List.of(podCidr));
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
        host.stop();
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

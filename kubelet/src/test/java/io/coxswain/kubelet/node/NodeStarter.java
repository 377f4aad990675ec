package io.coxswain.kubelet.node;

import io.coxswain.base.Clock;
import io.coxswain.kubelet.NodeHost;
import java.nio.file.Path;
import java.time.Duration;

/// A program that starts a node's host and waits to be killed.
final class NodeStarter {

    private NodeStarter() {}

    public static void main(String[] arguments) throws InterruptedException {
        var settings =
                new NodeHost.Settings(
                        Path.of(arguments[0]), arguments[1], new CgroupTree("/" + arguments[1]));
        var _ = NodeHost.start(settings, HostCommands.host(), Clock.SYSTEM);
        System.out.println("started");
        Thread.sleep(Duration.ofMinutes(5));
    }
}

package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.Clock;
import io.coxswain.kubelet.NodeHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of containerd when the process that started it dies.
@Tag("real")
class NodeCrashTest {

    private static final String BRIDGE = "coxcrash0";

    @Test
    void containerdOutlivesAKillAndAnInterruptFromTheTerminal(@TempDir Path home) throws Exception {
        new NodePackages(HostCommands.host()).install(System.out::println);
        var settings = new NodeHost.Settings(home, BRIDGE, new CgroupTree("/" + BRIDGE));
        try {
            var first = startAndEnd(home, "-KILL");
            assertThat(first.isAlive()).isTrue();
            assertThat(startAndEnd(home, "-INT").pid()).isEqualTo(first.pid());
            assertThat(first.isAlive()).isTrue();

            NodeHost.of(settings, HostCommands.host(), Clock.SYSTEM).stop();

            assertThat(first.isAlive()).isFalse();
            assertThat(MountTable.read().under(home)).isEmpty();
            assertThat(Files.exists(home.resolve("containerd/run"))).isFalse();
        } finally {
            NodeHost.of(settings, HostCommands.host(), Clock.SYSTEM).stop();
        }
    }

    /// Starts a node in a session of its own, as a terminal would, ends that whole process group
    /// with a signal, and returns the containerd that it had.
    private static ProcessHandle startAndEnd(Path home, String signal) throws Exception {
        var classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var output = home.resolve("output").toFile();
        var process =
                new ProcessBuilder(
                                "setsid",
                                java,
                                "-cp",
                                classes,
                                NodeStarter.class.getName(),
                                home.toString(),
                                BRIDGE)
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        RealNode.await(() -> read(output.toPath()).contains("started"));
        HostCommands.host().require("kill", signal, "--", "-" + process.pid());
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        var pid = read(home.resolve("containerd/containerd.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}

package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever way a cluster ends, the host is afterwards what it was before.
@Tag("real")
class LeavesNothingTest {

    /// Everything that leaves traces on a host: host ports, volumes, limits, Services.
    private static final String HOST_PORT =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers:
              - name: web
                image: localhost/coxswain/web:1
                ports: [{containerPort: 80, hostPort: 18080}]
                volumeMounts: [{name: memory, mountPath: /memory}]
              volumes: [{name: memory, emptyDir: {medium: Memory}}]
            """;

    @TempDir Path home;

    private final HostState before = settled();

    /// What an earlier run may have set is as a fresh machine has it, so that it shows.
    private static HostState settled() {
        try {
            Files.writeString(Path.of("/proc/sys/net/ipv4/conf/all/route_localnet"), "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HostState.read();
    }

    @AfterEach
    void stop() {
        Program.run(Program.cox(), "down", "--data-dir=" + home.resolve("data"));
    }

    @Test
    void afterCtrlC() {
        var up = Up.withNode(home);
        runPods(up);

        assertThat(up.interrupt()).isZero();

        assertNothingIsLeft();
    }

    @Test
    void afterAKillAndDown() {
        var up = Up.withNode(home);
        runPods(up);
        up.kill();
        assertThat(before.difference(HostState.read())).contains("links: + /sys/class/net/cox0");

        var down = up.down();

        assertThat(down.all()).contains("leftovers are removed");
        assertThat(down.exitCode()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void afterDetachAndDown() {
        var kubeconfig = home.resolve("kubeconfig");
        var port = Up.freePort();
        var up =
                Program.run(
                        Program.cox(),
                        "up",
                        "--detach",
                        "--install-packages=never",
                        "--data-dir=" + home.resolve("data"),
                        "--kubeconfig=" + kubeconfig,
                        "--https-port=" + port);
        assertThat(up.exitCode()).as(up.all()).isZero();
        assertThat(up.output())
                .contains(
                        "Cluster is ready in ", "It runs in the background; ./cox down stops it.");
        assertThat(Kubectl.ours(kubeconfig).run("get", "nodes")).contains(" Ready ");

        var down = Program.run(Program.cox(), "down", "--data-dir=" + home.resolve("data"));

        assertThat(down.output()).isEqualTo("Stopped.\n");
        assertNothingIsLeft();
    }

    private static void runPods(Up up) {
        up.kubectl("apply", "-f", Program.example("guestbook.yaml").toString());
        up.apply(HOST_PORT);
        up.kubectl("-n", "guestbook", "rollout", "status", "deployment/frontend");
        up.kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=60s");
    }

    private void assertNothingIsLeft() {
        assertThat(before.difference(HostState.read())).isEmpty();
        assertThat(HostState.processes()).noneMatch(line -> line.contains(home.toString()));
    }
}

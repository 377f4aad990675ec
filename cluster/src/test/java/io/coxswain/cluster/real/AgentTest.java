package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node in a network namespace of its own joins a control plane on this host, with a token.
@Tag("real")
class AgentTest {

    private static final String SPACE = "cox-agent-test";
    private static final String HOST = "172.30.77.1";
    private static final String NODE = "172.30.77.2";
    private static final Duration JOIN_MAX = Duration.ofMinutes(2);

    @TempDir Path home;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void connect() {
        ip("netns", "add", SPACE);
        ip("link", "add", "agenttest0", "type", "veth", "peer", "name", "eth0", "netns", SPACE);
        ip("addr", "add", HOST + "/24", "dev", "agenttest0");
        ip("link", "set", "agenttest0", "up");
        inside("ip", "link", "set", "lo", "up");
        inside("ip", "addr", "add", NODE + "/24", "dev", "eth0");
        inside("ip", "link", "set", "eth0", "up");
        inside("ip", "route", "add", "default", "via", HOST);
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        for (var process : started.reversed()) {
            process.destroy();
            process.waitFor();
        }
        Program.run("ip", "netns", "delete", SPACE);
        Program.run("ip", "link", "delete", "agenttest0");
    }

    private static void ip(String... arguments) {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        require(command);
    }

    private static void inside(String... command) {
        require(within(command));
    }

    private static List<String> within(String... command) {
        var whole = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + SPACE));
        whole.addAll(List.of(command));
        return whole;
    }

    private static void require(List<String> command) {
        var result = Program.run(Map.of(), command);
        assertThat(result.exitCode()).as(result.all()).isZero();
    }

    private Path start(String name, List<String> command, String ready) {
        var log = home.resolve(name + ".log");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("HOME", home.toString());
            started.add(builder.redirectOutput(log.toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program.await(name, JOIN_MAX, () -> text(log).contains(ready));
        return log;
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    private List<String> agent(String token) {
        return within(
                Program.cox(),
                "agent",
                "--server=https://" + HOST + ":7643",
                "--token=" + token,
                "--node-name=joined",
                "--bridge=coxagent0",
                "--cgroup-root=/cox-agent-test",
                "--data-dir=" + home.resolve("agent"));
    }

    private String kubectl(String... arguments) {
        var command = new ArrayList<>(List.of(Program.cox(), "kubectl"));
        command.addAll(List.of(arguments));
        return Program.run(Map.of("HOME", home.toString()), command).all();
    }

    @Test
    void aMachineJoinsRunsPodsAndLeaves() throws InterruptedException {
        start(
                "server",
                List.of(
                        Program.cox(),
                        "server",
                        "--https-port=7643",
                        "--advertise-address=" + HOST,
                        "--data-dir=" + home.resolve("server")),
                "is ready");
        var data = "--data-dir=" + home.resolve("server");
        var refused = Program.run(Map.of(), agent("aaaaaa.0123456789abcdef"));
        assertThat(refused.errors()).contains("does not know the token aaaaaa");
        assertThat(refused.exitCode()).isEqualTo(1);

        var token = Program.run(Program.cox(), "token", "create", data).output().strip();
        start("agent", agent(token), "has joined");

        assertThat(kubectl("get", "nodes")).contains("joined   Ready");
        kubectl("run", "web", "--image=localhost/coxswain/web:1");
        Program.await("the pod", JOIN_MAX, () -> kubectl("get", "pod", "web").contains("Running"));
        Program.await(
                "its node server",
                JOIN_MAX,
                () -> kubectl("exec", "web", "--", "busybox", "hostname").contains("web"));

        var agent = started.getLast();
        agent.destroy();
        agent.waitFor();
        started.remove(agent);
        assertThat(Files.exists(Path.of("/sys/fs/cgroup/memory/cox-agent-test"))).isFalse();
        start("agent-again", agent(""), "has joined");
        assertThat(text(home.resolve("agent-again.log"))).contains("since an earlier start");
    }
}

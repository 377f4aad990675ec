package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host without IPv6 and without a way outside: a network namespace with one link of its own.
@Tag("real")
class NoIpv6Test {

    private static final String NAMESPACE = "cox-no-ipv6";
    private static final List<String> INSIDE =
            List.of(
                    "nsenter",
                    "--net=/run/netns/" + NAMESPACE,
                    "env",
                    "JAVA_TOOL_OPTIONS=-Djava.net.preferIPv4Stack=true");

    @TempDir Path home;

    @BeforeEach
    void makeHost() {
        Program.run("ip", "netns", "add", NAMESPACE);
        var script =
                "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6;"
                        + " ip link set lo up;"
                        + " ip link add eth0 type veth peer name outside;"
                        + " ip addr add 198.51.100.2/24 dev eth0;"
                        + " ip link set eth0 up; ip link set outside up;"
                        + " ip route add default via 198.51.100.1";
        var made =
                Program.run("nsenter", "--net=/run/netns/" + NAMESPACE, "sh", "-e", "-c", script);
        assertThat(made.exitCode()).as(made.all()).isZero();
    }

    @AfterEach
    void removeHost() {
        Program.run("ip", "netns", "delete", NAMESPACE);
    }

    @Test
    void everythingWorks() {
        try (var up = Up.withNode(home, INSIDE)) {
            up.kubectl("apply", "-f", Program.example("guestbook.yaml").toString());
            up.kubectl(
                    "-n", "guestbook", "rollout", "status", "deployment/frontend", "--timeout=60s");

            assertThat(up.kubectl("get", "nodes", "-o", "wide")).contains("198.51.100.2");
            var script = "wget -q -O - http://frontend.guestbook.svc.cluster.local/";
            assertThat(
                            up.kubectl(
                                    "-n",
                                    "guestbook",
                                    "exec",
                                    "deployment/frontend",
                                    "--",
                                    "timeout",
                                    "10",
                                    "sh",
                                    "-c",
                                    script))
                    .startsWith("coxswain web version 1");
        }
    }
}

package io.coxswain.network.proxy;

import static io.coxswain.network.ServiceNoun.service;
import static io.coxswain.network.SliceNoun.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.network.host.Programs;
import io.coxswain.network.routes.Route;
import io.coxswain.network.routes.RouteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rules in a kernel: a network namespace plays the node, two more play its pods. There is no
/// way out of them. Needs root, `nft`, `ip` and a static `busybox`.
@Tag("real")
class ProxyRealTest {

    private static final ProxyConfiguration CONFIGURATION =
            ProxyConfiguration.of("n1", "10.244.0.0/16", "10.96.0.0/12");

    private static final String REFUSED = "Connection refused";

    private final String node = "cxn" + ProcessHandle.current().pid();
    private final String first = node + "a";
    private final String second = node + "b";
    private final List<Process> servers = new ArrayList<>();
    private final RouteTable routes = new RouteTable.WithIp(List.of("ip", "netns", "exec", node));

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void makeANodeWithTwoPods() throws IOException {
        List.of(node, first, second)
                .forEach(name -> Programs.require("", List.of("ip", "netns", "add", name)));
        in(
                node,
                "ip link set lo up; ip link add cx0 type bridge; "
                        + "ip addr add 10.244.0.1/24 dev cx0; ip link set cx0 up; "
                        + "sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.route_localnet=1");
        pod(first, 2);
        pod(second, 3);
        CONFIGURATION.serviceCidrs().forEach(cidr -> routes.add(new Route.Rewritten(cidr)));
        CONFIGURATION.clusterCidrs().forEach(cidr -> routes.add(new Route.Nowhere(cidr)));
    }

    @AfterEach
    void takeThemAway() throws InterruptedException {
        for (var server : servers) {
            server.destroyForcibly().waitFor();
        }
        List.of(first, second, node).forEach(name -> Programs.run("ip", "netns", "del", name));
    }

    @Test
    void servicesAnswerFromEverywhere() {
        apply(
                List.of(
                        service("web")
                                .at("10.96.0.20")
                                .type("NodePort")
                                .port("", "TCP", 80, 30080)
                                .build(),
                        service("sticky").at("10.96.0.21").sticky().port("", "TCP", 80).build(),
                        service("nobody").at("10.96.0.22").port("", "TCP", 80).build()),
                List.of(both("web"), both("sticky")));

        for (var client : List.of(node, first)) {
            assertThat(answers(client, "10.96.0.20")).containsExactly("a", "b");
            assertThat(answers(client, "10.244.0.1:30080")).containsExactly("a", "b");
            assertThat(answers(client, "10.96.0.21")).hasSize(1);
            assertThat(get(client, "10.96.0.22")).contains(REFUSED);
            assertThat(get(client, "10.96.0.99")).contains(REFUSED);
            assertThat(get(client, "10.96.0.20:81")).contains(REFUSED);
            assertThat(get(client, "10.244.7.7")).contains("No route to host");
        }
        assertThat(answers(node, "127.0.0.1:30080")).containsExactly("a", "b");
    }

    @Test
    void aPodReachesItselfThroughItsService() {
        var alone = slice("web").port("", "TCP", 8080).ready("10.244.0.2", "n1").build();
        apply(List.of(service("web").at("10.96.0.20").port("", "TCP", 80).build()), List.of(alone));

        assertThat(get(first, "10.96.0.20")).isEqualTo("a");
    }

    @Test
    void aChangeIsFollowedAndNothingStays() {
        var web = List.of(service("web").at("10.96.0.20").port("", "TCP", 80).build());
        var one = List.of(slice("web").port("", "TCP", 8080).ready("10.244.0.2", "n1").build());
        var before = RuleSet.of(CONFIGURATION, web, List.of(both("web")));
        var after = RuleSet.of(CONFIGURATION, web, one);
        nft(NftText.whole(before));
        nft(NftText.change(before, after));
        assertThat(answers(node, "10.96.0.20")).containsExactly("a");

        nft(NftText.change(after, RuleSet.of(CONFIGURATION, web, List.of())));
        assertThat(get(node, "10.96.0.20")).contains(REFUSED);

        nft("delete table ip coxswain");
        routes.ours().forEach(routes::remove);
        assertThat(in(node, "nft list tables; ip route show proto 142")).isEmpty();
    }

    @Test
    void datagramsAreAnsweredByTheAddressTheyWereSentTo() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var path = System.getProperty("java.class.path");
        serve(first, java + " -cp " + path + " " + UdpEcho.class.getName() + " 5353");
        apply(
                List.of(service("dns").at("10.96.0.10").port("", "UDP", 53).build()),
                List.of(slice("dns").port("", "UDP", 5353).ready("10.244.0.2", "n1").build()));

        for (var client : List.of(node, first, second)) {
            var ask =
                    "for i in $(seq 50); do exec 3<>/dev/udp/10.96.0.10/53; echo q >&3; "
                            + "timeout 1 head -c 1 <&3 2>/dev/null && exit; sleep 0.1; done";
            assertThat(in(client, ask)).isEqualTo("q");
        }
    }

    private static EndpointSlice both(String service) {
        return slice(service)
                .port("", "TCP", 8080)
                .ready("10.244.0.2", "n1")
                .ready("10.244.0.3", "n1")
                .build();
    }

    private void pod(String pod, int number) throws IOException {
        var veth = "v" + number;
        in(
                node,
                ("ip link add %1$s type veth peer name eth0 netns %2$s; "
                                + "ip link set %1$s master cx0 up; "
                                + "bridge link set dev %1$s hairpin on")
                        .formatted(veth, pod));
        in(
                pod,
                ("ip link set lo up; ip addr add 10.244.0.%d/24 dev eth0; "
                                + "ip link set eth0 up; ip route add default via 10.244.0.1")
                        .formatted(number));
        var pages = Files.createDirectory(folder.resolve(pod));
        Files.writeString(pages.resolve("index.html"), pod.substring(node.length()));
        serve(pod, "busybox httpd -f -p 8080 -h " + pages);
        in(
                pod,
                "for i in $(seq 50); do busybox wget -qO- http://127.0.0.1:8080/ 2>&1 "
                        + "&& exit; sleep 0.1; done");
    }

    private void serve(String namespace, String command) throws IOException {
        var words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        words.addAll(List.of(command.split(" ")));
        servers.add(
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    private void apply(List<Service> services, List<EndpointSlice> slices) {
        nft(NftText.whole(RuleSet.of(CONFIGURATION, services, slices)));
    }

    private void nft(String commands) {
        Programs.require(commands, List.of("ip", "netns", "exec", node, "nft", "-f", "-"));
    }

    private Set<String> answers(String namespace, String address) {
        var answers = new TreeSet<String>();
        for (var i = 0; i < 24; i++) {
            answers.add(get(namespace, address));
        }
        return answers;
    }

    private String get(String namespace, String address) {
        return in(namespace, "timeout 3 busybox wget -qO- http://" + address + "/ 2>&1; true");
    }

    private static String in(String namespace, String script) {
        var command = List.of("ip", "netns", "exec", namespace, "bash", "-c", script);
        return Programs.require("", command).strip();
    }
}

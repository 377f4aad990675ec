package io.coxswain.kubelet.hostports;

import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.ContainerPort;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.ManualClock;
import io.coxswain.kubelet.testing.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostPortsTest {

    private final List<String> applied = new ArrayList<>();
    private final Map<Pod, List<String>> pods = new HashMap<>();
    private final HostPorts ports =
            new HostPorts(applied::add, () -> pods, new ManualClock(Instant.EPOCH));

    @Test
    void aPodsPortLeadsToIt() {
        ports.open(web(""), List.of("10.244.0.3", "fd00::3"));

        assertThat(applied)
                .singleElement()
                .asString()
                .contains("    tcp dport 8080 dnat to 10.244.0.3:80\n")
                .contains("    ip saddr 10.244.0.3 ip daddr 10.244.0.3 masquerade\n");
    }

    @Test
    void aPortOfOneAddressComesBeforeThatOfAll() {
        pods.put(web(""), List.of("10.244.0.3"));
        pods.put(web("127.0.0.1"), List.of("10.244.0.4"));
        ports.runOnce();

        assertThat(applied.getFirst())
                .containsSubsequence(
                        "ip daddr 127.0.0.1 tcp dport 8080 dnat to 10.244.0.4:80",
                        "    tcp dport 8080 dnat to 10.244.0.3:80");
    }

    @Test
    void nothingIsSaidTwice() {
        pods.put(web(""), List.of("10.244.0.3"));
        ports.runOnce();
        ports.runOnce();
        ports.open(web(""), List.of("10.244.0.3"));

        assertThat(applied).hasSize(1);
    }

    @Test
    void theTableGoesWithItsLastPod() {
        pods.put(web(""), List.of("10.244.0.3"));
        ports.runOnce();
        pods.clear();
        ports.runOnce();

        assertThat(applied.getLast())
                .isEqualTo(
                        "add table ip coxswain-host-ports\ndelete table ip coxswain-host-ports\n");
    }

    @Test
    void thePodsOfTheHostsOwnNetworkNeedNoRule() {
        var pod = web("");
        var own = Edit.with(pod, Pod::spec, Edit.with(pod.spec(), PodSpec::hostNetwork, true));

        assertThat(HostPort.of(own, List.of("192.0.2.1"))).isEmpty();
        assertThat(HostPort.of(web("192.0.2.1; drop"), List.of("10.244.0.3"))).isEmpty();
    }

    private static Pod web(String hostIp) {
        var port =
                Edit.of(ContainerPort.class)
                        .set(ContainerPort::containerPort, 80)
                        .set(ContainerPort::hostPort, 8080)
                        .set(ContainerPort::hostIP, hostIp)
                        .set(ContainerPort::protocol, "TCP")
                        .done();
        var container = Edit.with(Pods.container("web"), Container::ports, List.of(port));
        return pod("web").container(container).build();
    }
}

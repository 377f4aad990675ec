package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostTest {

    @Test
    void theRightToLowerOomScoresIsBit24() {
        assertThat(HostRights.mayLowerOomScore("Name:\tx\nCapEff:\t000001ffffffffff\n")).isTrue();
        assertThat(HostRights.mayLowerOomScore("Name:\tx\nCapEff:\t000001fffeffffff\n")).isFalse();
        assertThat(HostRights.mayLowerOomScore("")).isFalse();
    }

    @Test
    void theDefaultRouteNamesTheLinkThatLeadsOutside() {
        var table =
                """
                Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT
                cox0  0000F40A 00000000 0001 0 0 0 00FFFFFF 0 0 0
                eth0  00000000 010200C0 0003 0 0 0 00000000 0 0 0
                """;

        assertThat(HostNetwork.defaultLink(table)).isEqualTo("eth0");
        assertThat(HostNetwork.defaultLink("Iface\n")).isNull();
    }
}

package io.coxswain.network.proxy;

import static io.coxswain.network.ServiceNoun.service;
import static io.coxswain.network.SliceNoun.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NftTextTest {

    private static final ProxyConfiguration CONFIGURATION =
            ProxyConfiguration.of("n1", "10.244.0.0/16", "10.96.0.0/12");

    private static final Service WEB =
            service("web").at("10.96.0.20").type("NodePort").port("", "TCP", 80, 30080).build();
    private static final Service DNS =
            service("kube-dns")
                    .in("kube-system")
                    .at("10.96.0.10")
                    .port("dns", "UDP", 53)
                    .port("dns-tcp", "TCP", 53)
                    .build();
    private static final Service STICKY =
            service("sticky").at("10.96.0.21").sticky().port("", "TCP", 80).build();
    private static final Service NOBODY =
            service("nobody").at("10.96.0.22").port("", "TCP", 80).build();
    private static final Service BALANCED =
            service("balanced")
                    .at("10.96.0.23")
                    .type("LoadBalancer")
                    .outsideLocal()
                    .balancedAt("192.0.2.99")
                    .port("", "TCP", 443, 30443)
                    .build();

    private static final List<Service> ALL = List.of(WEB, DNS, STICKY, NOBODY, BALANCED);
    private static final List<EndpointSlice> SLICES =
            List.of(
                    slice("web")
                            .port("", "TCP", 8080)
                            .ready("10.244.0.2", "n1")
                            .ready("10.244.1.2", "n2")
                            .build(),
                    slice("kube-dns")
                            .in("kube-system")
                            .port("dns", "UDP", 5353)
                            .port("dns-tcp", "TCP", 5353)
                            .ready("192.0.2.2", "n1")
                            .build(),
                    slice("sticky")
                            .port("", "TCP", 8080)
                            .ready("10.244.0.2", "n1")
                            .ready("10.244.1.2", "n2")
                            .build(),
                    slice("balanced").port("", "TCP", 8443).ready("10.244.1.2", "n2").build());

    @Test
    void writesTheWholeTable() {
        assertGolden("whole.nft", NftText.whole(RuleSet.of(CONFIGURATION, ALL, SLICES)));
    }

    @Test
    void writesTheGuardsWithoutAnyService() {
        assertGolden("guards.nft", NftText.whole(RuleSet.empty(CONFIGURATION)));
    }

    @Test
    void writesOnlyWhatChanged() {
        var before = RuleSet.of(CONFIGURATION, ALL, SLICES);
        var fewer =
                List.of(
                        slice("web").port("", "TCP", 8080).ready("10.244.1.2", "n2").build(),
                        SLICES.get(1),
                        SLICES.get(2));

        assertGolden("change.nft", NftText.change(before, RuleSet.of(CONFIGURATION, ALL, fewer)));
    }

    @Test
    void writesNothingWhenNothingChanged() {
        var before = RuleSet.of(CONFIGURATION, ALL, SLICES);

        assertThat(NftText.change(before, RuleSet.of(CONFIGURATION, ALL.reversed(), SLICES)))
                .isEmpty();
    }

    private static void assertGolden(String name, String text) {
        var file = Path.of("src/test/resources/io/coxswain/network/proxy", name);
        try {
            if (System.getProperty("golden", "").equals("update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(text).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

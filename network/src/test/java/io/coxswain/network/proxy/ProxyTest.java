package io.coxswain.network.proxy;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.network.ServiceNoun.service;
import static io.coxswain.network.SliceNoun.slice;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.base.host.RunDirectory;
import io.coxswain.network.GivenInformers;
import io.coxswain.network.host.SettingsKept;
import io.coxswain.network.host.Sysctls;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ProxyTest {

    private static final Service WEB = service("web").at("10.96.0.20").port("", "TCP", 80).build();
    private static final EndpointSlice SLICE =
            slice("web").port("", "TCP", 8080).ready("10.244.0.2", "n1").build();

    private final SimulatedLoops loops = new SimulatedLoops(new ManualClock(NOW), 1);
    private final GivenInformers informers = new GivenInformers();
    private final FakeNftables nftables = new FakeNftables();
    private final Map<String, String> settings = new HashMap<>(Map.of("net/ipv4/ip_forward", "0"));
    private final ProxyEdges edges;
    private final Proxy proxy;

    ProxyTest(@TempDir Path folder) {
        var kept = new SettingsKept(new FakeSysctls(settings), new RunDirectory(folder));
        edges = new ProxyEdges(nftables, flow -> {}, kept);
        proxy = newProxy();
    }

    private Proxy newProxy() {
        var configuration = ProxyConfiguration.of("n1", "10.244.0.0/16", "10.96.0.0/12");
        return new Proxy(configuration, informers, edges, loops);
    }

    @Test
    void guardsBeforeItKnowsAnything() {
        proxy.start();
        loops.settle();

        assertThat(nftables.applied).singleElement().asString().contains("goto reject-it");
        assertThat(proxy.ready()).isFalse();
    }

    @Test
    void keepsTheTableOfAnEarlierRunUntilItKnowsEverything() {
        nftables.present = true;
        proxy.start();
        loops.settle();
        assertThat(nftables.applied).isEmpty();

        informers.give(Service.class, List.of(WEB));
        informers.give(EndpointSlice.class, List.of(SLICE));
        loops.settle();
        assertThat(nftables.applied).singleElement().asString().startsWith("add table ip coxswain");
        assertThat(proxy.ready()).isTrue();
    }

    @Test
    void appliesChangesThatComeTogetherOnce() {
        started();
        informers.give(Service.class, List.of(WEB));
        informers.give(EndpointSlice.class, List.of(SLICE));
        informers.give(EndpointSlice.class, List.of());
        informers.give(EndpointSlice.class, List.of(SLICE));
        loops.advance(Duration.ofSeconds(1));

        assertThat(nftables.applied).hasSize(1);
        assertThat(nftables.applied.getFirst())
                .doesNotContain("table")
                .contains("dnat to 10.244.0.2:8080");
    }

    @Test
    void writesTheWholeTableAgainAfterAFailure() {
        started();
        nftables.broken = true;
        informers.give(Service.class, List.of(WEB));
        loops.advance(Duration.ofMillis(500));
        nftables.broken = false;
        loops.advance(Duration.ofSeconds(5));

        assertThat(nftables.applied).singleElement().asString().startsWith("add table ip coxswain");
    }

    @Test
    void writesTheTableAgainWhenSomebodyFlushedIt() {
        started();
        nftables.present = false;
        loops.advance(Duration.ofMinutes(1));

        assertThat(nftables.applied).singleElement().asString().startsWith("add table ip coxswain");
    }

    @Test
    void leavesNothingBehind() {
        started();
        assertThat(settings).containsEntry("net/ipv4/ip_forward", "1");
        proxy.close();

        assertThat(nftables.present).isFalse();
        assertThat(settings).containsEntry("net/ipv4/ip_forward", "0").hasSize(1);
    }

    @Test
    void leavesNothingBehindAfterAKill() {
        started();
        newProxy().start(); // Finds everything set, and yet knows what it was at first.

        Proxy.cleanup(edges);

        assertThat(nftables.present).isFalse();
        assertThat(settings).containsEntry("net/ipv4/ip_forward", "0").hasSize(1);
    }

    private void started() {
        proxy.start();
        informers.give(Service.class, List.of());
        informers.give(EndpointSlice.class, List.of());
        loops.advance(Duration.ofSeconds(1));
        nftables.applied.clear();
    }

    private static final class FakeNftables implements Nftables {
        final List<String> applied = new ArrayList<>();
        boolean present;
        boolean broken;

        @Override
        public void apply(String commands) {
            if (broken) {
                throw new IllegalStateException("nft: no");
            }
            applied.add(commands);
            present = true;
        }

        @Override
        public boolean present() {
            return present;
        }

        @Override
        public void delete() {
            present = false;
        }
    }

    private record FakeSysctls(Map<String, String> values) implements Sysctls {
        @Override
        public @Nullable String read(String key) {
            return values.get(key);
        }

        @Override
        public void write(String key, String value) {
            values.put(key, value);
        }

        @Override
        public void load(String module) {}
    }
}

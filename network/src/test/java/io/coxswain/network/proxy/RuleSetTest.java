package io.coxswain.network.proxy;

import static io.coxswain.network.ServiceNoun.service;
import static io.coxswain.network.SliceNoun.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.discovery.EndpointSlice.Endpoint;
import io.coxswain.api.discovery.EndpointSlice.EndpointHints;
import io.coxswain.api.discovery.EndpointSlice.ForZone;
import io.coxswain.api.schema.Edit;
import io.coxswain.network.ServiceNoun;
import io.coxswain.network.SliceNoun;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleSetTest {

    private static final ProxyConfiguration CONFIGURATION =
            new ProxyConfiguration(
                    "n1", "east", List.of("10.244.0.0/16"), List.of("10.96.0.0/12"), true);

    private ServiceNoun web = service("web").at("10.96.0.20").port("", "TCP", 80);
    private final SliceNoun slice = slice("web").port("", "TCP", 8080);

    @Test
    void sendsToReadyEndpointsOnly() {
        slice.ready("10.244.0.2", "n1").unready("10.244.0.3", "n1").ending("10.244.0.4", "n1");

        assertThat(destinations()).containsExactly("10.244.0.2");
    }

    @Test
    void sendsToEndingEndpointsWhenNoneIsReady() {
        slice.unready("10.244.0.3", "n1").ending("10.244.0.4", "n1");

        assertThat(destinations()).containsExactly("10.244.0.4");
    }

    @Test
    void rejectsWhereNobodyServes() {
        slice.unready("10.244.0.3", "n1");

        assertThat(verdict(Frame.SERVICE_IPS, "10.96.0.20 . tcp . 80")).isNull();
        assertThat(verdict(Frame.SILENT_IPS, "10.96.0.20 . tcp . 80")).isEqualTo("goto reject-it");
    }

    @Test
    void anInternalServiceOfThisNodeIsSilentWhenOnlyOthersServe() {
        web.insideLocal();
        slice.ready("10.244.1.2", "n2");

        assertThat(verdict(Frame.SERVICE_IPS, "10.96.0.20 . tcp . 80")).isNull();
        assertThat(verdict(Frame.SILENT_IPS, "10.96.0.20 . tcp . 80")).isEqualTo("drop");
    }

    @Test
    void anInternalServiceOfThisNodeUsesItsEndpoints() {
        web.insideLocal();
        slice.ready("10.244.0.2", "n1").ready("10.244.1.2", "n2");

        assertThat(rules().chains().get("local/default/web/tcp/80"))
                .isEqualTo(Frame.inner("goto endpoint/default/web/tcp/80/10.244.0.2/8080"));
    }

    @Test
    void outsidersStayOnTheNodeAndKeepTheirAddress() {
        nodePort().outsideLocal();
        slice.ready("10.244.0.2", "n1").ready("10.244.1.2", "n2");

        assertThat(external())
                .containsExactly(
                        "ip saddr 10.244.0.0/16 goto service/default/web/tcp/80",
                        "fib saddr type local jump mark-for-masquerade",
                        "fib saddr type local goto service/default/web/tcp/80",
                        "goto local/default/web/tcp/80");
    }

    @Test
    void outsidersThatMayGoAnywhereAreMasqueraded() {
        nodePort();
        slice.ready("10.244.1.2", "n2");

        assertThat(external())
                .containsExactly("jump mark-for-masquerade", "goto service/default/web/tcp/80");
    }

    @Test
    void aNodePortWithoutEndpointsIsRejected() {
        nodePort();

        assertThat(verdict(Frame.NODE_PORTS, "tcp . 30080")).isNull();
        assertThat(verdict(Frame.SILENT_NODE_PORTS, "tcp . 30080")).isEqualTo("goto reject-it");
    }

    @Test
    void aLoadBalancersAddressIsClosedToOthersThanItsSources() {
        web.type("LoadBalancer")
                .balancedAt("192.0.2.99")
                .spec(spec ->
                        Edit.with(
                                spec,
                                ServiceSpec::loadBalancerSourceRanges,
                                List.of("192.0.2.0/28", " 198.51.100.0/24 ")));
        slice.ready("10.244.0.2", "n1");

        assertThat(verdict(Frame.SERVICE_IPS, "192.0.2.99 . tcp . 80"))
                .isEqualTo("goto firewall/default/web/tcp/80");
        assertThat(rules().chains().get("firewall/default/web/tcp/80"))
                .isEqualTo(
                        Frame.inner(
                                "ip saddr != { 192.0.2.0/28, 198.51.100.0/24 } drop",
                                "goto external/default/web/tcp/80"));
    }

    @Test
    void prefersEndpointsOfItsZoneWhenAllHaveHints() {
        slice.ready("10.244.0.2", "n2").change(one -> hinted(one, "west"));
        slice.ready("10.244.0.3", "n2").change(one -> hinted(one, "east"));
        assertThat(destinations()).containsExactly("10.244.0.3");

        slice.ready("10.244.0.4", "n2");
        assertThat(destinations()).containsExactly("10.244.0.2", "10.244.0.3", "10.244.0.4");
    }

    @Test
    void anEndpointInTwoSlicesCountsOnce() {
        slice.ready("10.244.0.2", "n1").unready("10.244.0.2", "n1").ready("10.244.0.2", "n1");

        assertThat(destinations()).containsExactly("10.244.0.2");
    }

    @Test
    void passesOverWhatIsNoAddress() {
        slice.ready("10.244.0.2; flush ruleset", "n1").ready("::1", "n1").ready("1.2.3", "n1");

        assertThat(destinations()).isEmpty();
    }

    @Test
    void leavesHeadlessAndExternalServicesAlone() {
        slice.ready("10.244.0.2", "n1");
        var before = RuleSet.empty(CONFIGURATION).elements();

        web.at("None");
        assertThat(rules().elements()).isEqualTo(before);
        web.at("").type("ExternalName");
        assertThat(rules().elements()).isEqualTo(before);
    }

    @Test
    void leavesServicesOfAnotherProxyAlone() {
        web.labelled("service.kubernetes.io/service-proxy-name", "other");
        slice.ready("10.244.0.2", "n1");

        assertThat(destinations()).isEmpty();
    }

    @Test
    void matchesPortsByNameAndProtocol() {
        var dns = service("web").at("10.96.0.20").port("dns", "UDP", 53).port("dns-tcp", "TCP", 53);
        var slices =
                slice("web")
                        .port("dns", "UDP", 5353)
                        .port("other", "TCP", 1)
                        .ready("10.244.0.2", "n1");
        var rules = RuleSet.of(CONFIGURATION, List.of(dns.build()), List.of(slices.build()));

        assertThat(rules.elements().get(Frame.SERVICE_IPS))
                .containsOnlyKeys("10.96.0.20 . udp . 53");
        assertThat(rules.elements().get(Frame.SILENT_IPS))
                .containsOnlyKeys("10.96.0.20 . tcp . 53");
    }

    @Test
    void forgetsFlowsOfDatagramsToEndpointsThatAreGone() {
        var dns = List.of(service("web").at("10.96.0.20").port("", "UDP", 53).build());
        var two =
                slice("web")
                        .port("", "UDP", 5353)
                        .ready("10.244.0.2", "n1")
                        .ready("10.244.0.3", "n1");
        var one = slice("web").port("", "UDP", 5353).ready("10.244.0.3", "n1");
        var before = RuleSet.of(CONFIGURATION, dns, List.of(two.build()));
        var after = RuleSet.of(CONFIGURATION, dns, List.of(one.build()));
        var nobody = RuleSet.of(CONFIGURATION, dns, List.of());

        assertThat(StaleFlows.between(before, after))
                .containsExactly(new Conntrack.Flow("10.96.0.20", 53, "10.244.0.2"));
        assertThat(StaleFlows.between(nobody, after))
                .containsExactly(new Conntrack.Flow("10.96.0.20", 53, ""));
        assertThat(StaleFlows.between(after, after)).isEmpty();
    }

    @Test
    void refusesRangesThatAreNone() {
        assertThatThrownBy(() -> ProxyConfiguration.of("n1", "10.244.0.0/33", "10.96.0.0/12"))
                .hasMessage("not a CIDR: 10.244.0.0/33");
    }

    @Test
    void leavesRangesOfTheOtherFamilyOut() {
        var both = ProxyConfiguration.of("n1", "fd00::/56,10.244.0.0/16", "10.96.0.0/12");

        assertThat(both.clusterCidrs()).containsExactly("10.244.0.0/16");
    }

    private ServiceNoun nodePort() {
        web = service("web").at("10.96.0.20").type("NodePort").port("", "TCP", 80, 30080);
        return web;
    }

    private static Endpoint hinted(Endpoint endpoint, String zone) {
        var hints = new EndpointHints(List.of(new ForZone(zone)), List.of());
        return Edit.with(endpoint, Endpoint::hints, hints);
    }

    private RuleSet rules() {
        return RuleSet.of(CONFIGURATION, List.of(web.build()), List.of(slice.build()));
    }

    private List<String> external() {
        var chain = rules().chains().get("external/default/web/tcp/80");
        return chain == null ? List.of() : chain.rules();
    }

    private @Nullable String verdict(String map, String key) {
        return rules().elements().getOrDefault(map, new TreeMap<>()).get(key);
    }

    private List<String> destinations() {
        return rules().chains().keySet().stream()
                .filter(name -> name.startsWith("endpoint/"))
                .map(name -> name.split("/")[5])
                .toList();
    }
}

package io.coxswain.network.proxy;

import io.coxswain.network.proxy.RuleSet.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/// The part of the table that is there whatever Services there are: where the kernel enters it, the
/// guards, and masquerading.
final class Frame {

    static final String SERVICE_IPS = "service-ips";
    static final String NODE_PORTS = "node-ports";
    static final String SILENT_IPS = "silent-ips";
    static final String SILENT_NODE_PORTS = "silent-node-ports";

    static final String MARK = "mark-for-masquerade";
    static final String REJECT = "reject-it";

    /// The bit that upstream's proxy uses, so that other software already leaves it alone.
    private static final String BIT = "0x4000";

    private static final String LOOPBACK = "127.0.0.0/8";

    private Frame() {}

    static void sets(SortedMap<String, String> sets) {
        var address = "map { type ipv4_addr . inet_proto . inet_service : verdict ; }";
        var port = "map { type inet_proto . inet_service : verdict ; }";
        sets.put(SERVICE_IPS, address);
        sets.put(SILENT_IPS, address);
        sets.put(NODE_PORTS, port);
        sets.put(SILENT_NODE_PORTS, port);
    }

    static void chains(SortedMap<String, Chain> chains, ProxyConfiguration configuration) {
        var pods = anyOf(configuration.clusterCidrs());
        var services = anyOf(configuration.serviceCidrs());
        translation(chains, configuration, pods, services);
        guards(chains, configuration, services);
        chains.put(MARK, inner("meta mark set meta mark or " + BIT));
        chains.put(REJECT, inner("meta l4proto tcp reject with tcp reset", "reject"));
    }

    /// Runs a little before the chains of others at the same hooks: a CNI plugin's host ports and
    /// masquerading must not see a packet first.
    private static void translation(
            SortedMap<String, Chain> chains,
            ProxyConfiguration configuration,
            String pods,
            String services) {
        chains.put("nat-prerouting", hooked("nat", "prerouting", -105, "jump services"));
        chains.put("nat-output", hooked("nat", "output", -105, "jump services"));
        chains.put(
                "services",
                inner(
                        "ip daddr %s ip saddr != %s jump %s".formatted(services, pods, MARK),
                        "ip daddr . meta l4proto . th dport vmap @" + SERVICE_IPS,
                        // A node port is a port of the node, not of what happens to be at it.
                        (configuration.localhostNodePorts() ? "" : "ip daddr != " + LOOPBACK + " ")
                                + "fib daddr type local meta l4proto . th dport vmap @"
                                + NODE_PORTS));
        chains.put(
                "nat-postrouting",
                hooked(
                        "nat",
                        "postrouting",
                        95,
                        "meta mark and %s != 0 goto masquerade-it".formatted(BIT),
                        "ip saddr %s ip daddr != %s ip daddr != 224.0.0.0/4 masquerade fully-random"
                                .formatted(pods, pods)));
        chains.put(
                "masquerade-it",
                inner("meta mark set meta mark xor " + BIT, "masquerade fully-random"));
    }

    private static void guards(
            SortedMap<String, Chain> chains, ProxyConfiguration configuration, String services) {
        var lost = "ip daddr " + services + " goto " + REJECT;
        var silent = "ct state new jump silent-services";
        chains.put(
                "silent-services",
                inner(
                        "ip daddr . meta l4proto . th dport vmap @" + SILENT_IPS,
                        "fib daddr type local meta l4proto . th dport vmap @" + SILENT_NODE_PORTS));
        chains.put("filter-forward", hooked("filter", "forward", -5, silent, lost));
        chains.put("filter-output", hooked("filter", "output", -5, silent, lost));
        // Loopback addresses are routed for node ports; nobody from outside may use that.
        var outsiders =
                Stream.of("iifname != \"lo\" ip daddr " + LOOPBACK + " ct state new drop")
                        .filter(rule -> configuration.localhostNodePorts());
        chains.put(
                "filter-input",
                hooked(
                        "filter",
                        "input",
                        -5,
                        Stream.concat(outsiders, Stream.of(silent)).toArray(String[]::new)));
    }

    static String anyOf(List<String> values) {
        return values.size() == 1 ? values.getFirst() : "{ " + String.join(", ", values) + " }";
    }

    static Chain inner(String... rules) {
        return new Chain("", List.of(rules));
    }

    private static Chain hooked(String type, String hook, int priority, String... rules) {
        var text =
                "{ type %s hook %s priority %d ; policy accept ; }".formatted(type, hook, priority);
        return new Chain(text, new ArrayList<>(List.of(rules)));
    }
}

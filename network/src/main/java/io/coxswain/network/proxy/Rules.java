package io.coxswain.network.proxy;

import static io.coxswain.network.proxy.Frame.MARK;
import static io.coxswain.network.proxy.Frame.REJECT;

import io.coxswain.network.proxy.RuleSet.Chain;
import io.coxswain.network.proxy.RuleSet.DatagramAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A rule set in the making.
///
/// Each port of a Service has up to four kinds of chains: `service/…` spreads over endpoints
/// anywhere, `local/…` over those on this node, `external/…` is entered from outside the cluster,
/// and `endpoint/…` rewrites the destination.
final class Rules {

    private final ProxyConfiguration configuration;
    private final SortedMap<String, Chain> chains = new TreeMap<>();
    private final SortedMap<String, String> sets = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> elements = new TreeMap<>();
    private final Map<DatagramAddress, Set<String>> datagrams = new HashMap<>();

    Rules(ProxyConfiguration configuration) {
        this.configuration = configuration;
        Frame.sets(sets);
        Frame.chains(chains, configuration);
        sets.keySet().forEach(name -> elements.put(name, new TreeMap<>()));
    }

    RuleSet done() {
        return new RuleSet(chains, sets, elements, datagrams);
    }

    void add(Frontend frontend, Backends backends) {
        var anywhere = frontend.anywhere(backends);
        var here = frontend.here(backends);
        var needsHere = frontend.insideStaysLocal() || frontend.outsideStaysLocal();
        spread("service/" + frontend.key(), frontend, anywhere);
        if (needsHere) {
            spread("local/" + frontend.key(), frontend, here);
        }
        inside(frontend, anywhere, here);
        if (frontend.reachableFromOutside()) {
            outside(frontend, anywhere, here);
        }
        if (frontend.protocol().equals("udp")) {
            remember(frontend, anywhere, here);
        }
    }

    private void inside(Frontend frontend, List<Backend> anywhere, List<Backend> here) {
        var stays = frontend.insideStaysLocal();
        var usable = stays ? here : anywhere;
        for (var address : frontend.clusterAddresses()) {
            var key = key(frontend, address);
            if (usable.isEmpty()) {
                put(Frame.SILENT_IPS, key, silence(anywhere, here));
            } else {
                var chain = (stays ? "local/" : "service/") + frontend.key();
                put(Frame.SERVICE_IPS, key, "goto " + chain);
            }
        }
    }

    /// Where there is nobody anywhere, clients should hear of it; where only this node has nobody,
    /// silence lets them try another node.
    private static String silence(List<Backend> anywhere, List<Backend> here) {
        return anywhere.isEmpty() && here.isEmpty() ? "goto " + REJECT : "drop";
    }

    private void outside(Frontend frontend, List<Backend> anywhere, List<Backend> here) {
        var usable = frontend.outsideStaysLocal() ? here : anywhere;
        var any = !anywhere.isEmpty() || !here.isEmpty();
        var chain = "external/" + frontend.key();
        if (any) {
            chains.put(chain, external(frontend, anywhere, here));
        }
        var guarded = guarded(frontend, chain, any);
        var ranges = frontend.balancerAddresses();
        for (var address : frontend.externalAddresses()) {
            var entry = ranges.contains(address) ? guarded : chain;
            put(any, Frame.SERVICE_IPS, key(frontend, address), "goto " + entry);
            if (usable.isEmpty()) {
                put(Frame.SILENT_IPS, key(frontend, address), silence(anywhere, here));
            }
        }
        if (frontend.nodePort() > 0) {
            var key = frontend.protocol() + " . " + frontend.nodePort();
            put(any, Frame.NODE_PORTS, key, "goto " + chain);
            if (usable.isEmpty()) {
                put(Frame.SILENT_NODE_PORTS, key, silence(anywhere, here));
            }
        }
    }

    /// With the policy `Local` only outsiders are kept on this node: pods and the node itself could
    /// just as well have used the cluster IP.
    private Chain external(Frontend frontend, List<Backend> anywhere, List<Backend> here) {
        var everywhere = "goto service/" + frontend.key();
        var rules = new ArrayList<String>();
        if (!frontend.outsideStaysLocal()) {
            rules.add("jump " + MARK);
            rules.add(everywhere);
            return new Chain("", rules);
        }
        if (!anywhere.isEmpty()) {
            var pods = Frame.anyOf(configuration.clusterCidrs());
            rules.add("ip saddr %s %s".formatted(pods, everywhere));
            rules.add("fib saddr type local jump " + MARK);
            rules.add("fib saddr type local " + everywhere);
        }
        if (!here.isEmpty()) {
            rules.add("goto local/" + frontend.key());
        }
        return new Chain("", rules);
    }

    /// The entry by a load balancer's address, which may be closed to some.
    private String guarded(Frontend frontend, String chain, boolean any) {
        if (frontend.sourceRanges().isEmpty() || !any) {
            return chain;
        }
        var name = "firewall/" + frontend.key();
        var ranges = "{ " + String.join(", ", frontend.sourceRanges()) + " }";
        chains.put(name, Frame.inner("ip saddr != " + ranges + " drop", "goto " + chain));
        return name;
    }

    private void spread(String name, Frontend frontend, List<Backend> backends) {
        if (backends.isEmpty()) {
            return;
        }
        var rules = new ArrayList<String>();
        if (frontend.sticky()) {
            for (var backend : backends) {
                rules.add(
                        "ip saddr @%s goto %s"
                                .formatted(known(frontend, backend), end(frontend, backend)));
            }
        }
        var choices = new ArrayList<String>();
        for (var backend : backends) {
            endpoint(frontend, backend);
            choices.add(choices.size() + " : goto " + end(frontend, backend));
        }
        rules.add(
                choices.size() == 1
                        ? "goto " + end(frontend, backends.getFirst())
                        : "numgen random mod %d vmap { %s }"
                                .formatted(choices.size(), String.join(", ", choices)));
        chains.put(name, new Chain("", rules));
    }

    private void endpoint(Frontend frontend, Backend backend) {
        var rules = new ArrayList<String>();
        // A pod that reaches itself must see somebody else as the sender.
        rules.add("ip saddr %s jump %s".formatted(backend.address(), MARK));
        if (frontend.sticky()) {
            var set = known(frontend, backend);
            sets.put(
                    set,
                    "set { type ipv4_addr ; flags dynamic,timeout ; timeout %ds ; size 65535 ; }"
                            .formatted(frontend.stickySeconds()));
            rules.add("update @" + set + " { ip saddr }");
        }
        rules.add("meta l4proto %s dnat to %s".formatted(frontend.protocol(), backend.text()));
        chains.put(end(frontend, backend), new Chain("", rules));
    }

    private void remember(Frontend frontend, List<Backend> anywhere, List<Backend> here) {
        var inside = frontend.insideStaysLocal() ? here : anywhere;
        var outside = frontend.outsideStaysLocal() ? here : anywhere;
        for (var address : frontend.clusterAddresses()) {
            remember(new DatagramAddress(address, frontend.port().port()), inside);
        }
        for (var address : frontend.externalAddresses()) {
            remember(new DatagramAddress(address, frontend.port().port()), outside);
        }
        if (frontend.nodePort() > 0) {
            remember(new DatagramAddress("", frontend.nodePort()), outside);
        }
    }

    private void remember(DatagramAddress address, List<Backend> backends) {
        datagrams.put(
                address,
                backends.stream()
                        .map(Backend::text)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String end(Frontend frontend, Backend backend) {
        return "endpoint/%s/%s/%d".formatted(frontend.key(), backend.address(), backend.port());
    }

    private static String known(Frontend frontend, Backend backend) {
        return "affinity/%s/%s/%d".formatted(frontend.key(), backend.address(), backend.port());
    }

    private static String key(Frontend frontend, String address) {
        return "%s . %s . %d".formatted(address, frontend.protocol(), frontend.port().port());
    }

    private void put(boolean wanted, String map, String key, String verdict) {
        if (wanted) {
            put(map, key, verdict);
        }
    }

    /// The first Service that claims an address keeps it.
    private void put(String map, String key, String verdict) {
        elements.computeIfAbsent(map, missing -> new TreeMap<>()).putIfAbsent(key, verdict);
    }
}

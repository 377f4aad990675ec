package io.coxswain.network.proxy;

import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/// Everything the table of the proxy should hold. A value: two are compared to find what to change.
///
/// A packet to a Service takes this way:
/// ```
/// nat-prerouting / nat-output → services
///   service-ips { 10.96.0.10 . tcp . 53 : goto service/kube-system/kube-dns/tcp/53 }
///     → numgen random mod 2 vmap { 0 : goto endpoint/…, 1 : goto endpoint/… }
///       → dnat to 10.244.0.3:53
/// nat-postrouting: masquerade, if it was marked on the way
/// ```
/// and one that nothing matched is rejected in `filter-*`, so that an address of the cluster never
/// leaves by the node's default route.
///
/// @param chains by name
/// @param sets the declarations of sets and maps by name
/// @param elements of each map: key and verdict
/// @param datagrams for each UDP address, the endpoints behind it, as `address:port`
record RuleSet(
        SortedMap<String, Chain> chains,
        SortedMap<String, String> sets,
        SortedMap<String, SortedMap<String, String>> elements,
        Map<DatagramAddress, Set<String>> datagrams) {

    /// @param hook where the kernel enters the chain; empty for a chain that others jump to
    record Chain(String hook, List<String> rules) {}

    /// Where clients send datagrams to; an empty address is a node port.
    record DatagramAddress(String address, int port) {}

    static RuleSet of(
            ProxyConfiguration configuration,
            Iterable<Service> services,
            Iterable<EndpointSlice> slices) {
        var rules = new Rules(configuration);
        var backends = Backends.of(configuration, slices);
        for (var service : services) {
            Frontend.of(service)
                    .filter(Frontend::wellNamed)
                    .forEach(frontend -> rules.add(frontend, backends));
        }
        return rules.done();
    }

    /// The guards alone.
    static RuleSet empty(ProxyConfiguration configuration) {
        return of(configuration, List.of(), List.of());
    }
}

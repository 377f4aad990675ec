package io.coxswain.network.routes;

import io.coxswain.api.core.Node;
import io.coxswain.network.host.Ipv4;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Decides which routes a node should have.
final class Routing {

    private Routing() {}

    /// Those that keep the cluster's addresses from leaving by the default route.
    static Set<Route> guards(RoutesConfiguration configuration) {
        var routes = new LinkedHashSet<Route>();
        configuration.clusterCidrs().forEach(cidr -> routes.add(new Route.Nowhere(cidr)));
        configuration.serviceCidrs().forEach(cidr -> routes.add(new Route.Rewritten(cidr)));
        return routes;
    }

    static Set<Route> of(RoutesConfiguration configuration, Collection<Node> nodes) {
        var routes = guards(configuration);
        var own =
                nodes.stream().filter(node -> own(configuration, node)).flatMap(Routing::addresses);
        var taken = Set.copyOf(own.toList());
        nodes.stream()
                .filter(node -> !own(configuration, node) && !node.deleting())
                .forEach(node ->
                        addresses(node)
                                .filter(address -> !taken.contains(address))
                                .findFirst()
                                .ifPresent(gateway ->
                                        cidrs(node)
                                                .forEach(cidr ->
                                                        routes.add(new Route.Via(cidr, gateway)))));
        return routes;
    }

    private static boolean own(RoutesConfiguration configuration, Node node) {
        return node.name().equals(configuration.nodeName());
    }

    private static Stream<String> addresses(Node node) {
        return node.status().addresses().stream()
                .filter(address -> address.type().equals("InternalIP"))
                .map(address -> address.address())
                .filter(Ipv4::address);
    }

    private static Stream<String> cidrs(Node node) {
        var spec = node.spec();
        var all = spec.podCIDRs().isEmpty() ? List.of(spec.podCIDR()) : spec.podCIDRs();
        return all.stream().filter(Ipv4::range);
    }
}

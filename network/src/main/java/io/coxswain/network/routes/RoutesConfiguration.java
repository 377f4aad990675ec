package io.coxswain.network.routes;

import io.coxswain.network.host.Ipv4;
import java.util.List;

/// What the routes of one node depend on besides the other nodes. Ranges of IPv6 are left out.
public record RoutesConfiguration(
        String nodeName, List<String> clusterCidrs, List<String> serviceCidrs) {

    public RoutesConfiguration {
        clusterCidrs = clusterCidrs.stream().filter(Ipv4::range).toList();
        serviceCidrs = serviceCidrs.stream().filter(Ipv4::range).toList();
    }
}

package io.coxswain.network.proxy;

import io.coxswain.network.host.Ipv4;
import java.util.List;

/// What the proxy of one node needs to know.
///
/// @param nodeName whose endpoints are the local ones
/// @param zone the node's `topology.kubernetes.io/zone`, or empty
/// @param clusterCidrs the addresses of pods, on all nodes
/// @param serviceCidrs the addresses of Services
/// @param localhostNodePorts whether node ports answer on 127.0.0.1 too
public record ProxyConfiguration(
        String nodeName,
        String zone,
        List<String> clusterCidrs,
        List<String> serviceCidrs,
        boolean localhostNodePorts) {

    public ProxyConfiguration {
        clusterCidrs = clusterCidrs.stream().filter(ProxyConfiguration::checked).toList();
        serviceCidrs = serviceCidrs.stream().filter(ProxyConfiguration::checked).toList();
        if (clusterCidrs.isEmpty() || serviceCidrs.isEmpty()) {
            throw new IllegalArgumentException("an IPv4 cluster CIDR and service CIDR are needed");
        }
    }

    /// The ranges may be several, with commas between them.
    public static ProxyConfiguration of(String nodeName, String clusterCidr, String serviceCidr) {
        return new ProxyConfiguration(
                nodeName,
                "",
                List.of(clusterCidr.split(",")),
                List.of(serviceCidr.split(",")),
                true);
    }

    /// Ranges of the other family are left out: the rules are for IPv4.
    private static boolean checked(String cidr) {
        if (!Ipv4.range(cidr) && !cidr.contains(":")) {
            throw new IllegalArgumentException("not a CIDR: " + cidr);
        }
        return !cidr.contains(":");
    }
}

package io.coxswain.network.dns;

import java.net.InetSocketAddress;
import java.util.List;

/// What cluster DNS on one node needs to know.
///
/// @param domain such as `cluster.local`
/// @param serviceAddress what pods ask: the tenth address of the service CIDR
/// @param nodeName where it runs
/// @param nodeAddress what it listens on; other nodes reach it there, so it is no loopback address
/// @param port to listen on; 0 takes any that is free
/// @param upstreams who is asked for other names; empty: they do not exist
/// @param ttlSeconds how long answers may be remembered
public record DnsConfiguration(
        String domain,
        String serviceAddress,
        String nodeName,
        String nodeAddress,
        int port,
        List<InetSocketAddress> upstreams,
        int ttlSeconds) {

    public DnsConfiguration {
        upstreams = List.copyOf(upstreams);
    }

    public static DnsConfiguration of(
            String domain, String serviceAddress, String nodeName, String nodeAddress) {
        return new DnsConfiguration(
                domain, serviceAddress, nodeName, nodeAddress, 0, List.of(), 30);
    }
}

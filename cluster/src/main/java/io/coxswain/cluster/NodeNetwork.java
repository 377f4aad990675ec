package io.coxswain.cluster;

import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.informer.SharedInformers;
import io.coxswain.network.dns.ClusterDns;
import io.coxswain.network.dns.DnsConfiguration;
import io.coxswain.network.proxy.Proxy;
import io.coxswain.network.proxy.ProxyConfiguration;
import io.coxswain.network.proxy.ProxyEdges;
import java.util.Random;

/// What makes Services answer on a node: the rules of kube-proxy, and cluster DNS.
public final class NodeNetwork implements AutoCloseable {

    private static final String DOMAIN = "cluster.local";

    private final SharedInformers informers;
    private final Proxy proxy;
    private final ClusterDns dns;

    /// @param address of the node; cluster DNS listens there
    /// @param dnsAddress the Service address by which pods ask for names
    record Settings(
            String node,
            String address,
            String serviceCidr,
            String clusterCidr,
            String dnsAddress) {}

    private NodeNetwork(SharedInformers informers, Proxy proxy, ClusterDns dns) {
        this.informers = informers;
        this.proxy = proxy;
        this.dns = dns;
    }

    static NodeNetwork start(Settings settings, Client client, Loops loops) {
        var informers = new SharedInformers(client, loops, new Random());
        var proxy =
                new Proxy(
                        ProxyConfiguration.of(
                                settings.node(), settings.clusterCidr(), settings.serviceCidr()),
                        informers,
                        ProxyEdges.host(),
                        loops);
        var dns =
                new ClusterDns(
                        DnsConfiguration.of(
                                DOMAIN,
                                settings.dnsAddress(),
                                settings.node(),
                                settings.address()),
                        client,
                        informers,
                        loops);
        proxy.start();
        dns.start();
        return new NodeNetwork(informers, proxy, dns);
    }

    /// Whether the rules are in place and names are answered.
    boolean ready() {
        return proxy.ready() && dns.ready();
    }

    /// Removes what an earlier process has left.
    public static void cleanUp() {
        Proxy.cleanup(ProxyEdges.host());
    }

    @Override
    public void close() {
        dns.close();
        proxy.close();
        informers.close();
    }
}

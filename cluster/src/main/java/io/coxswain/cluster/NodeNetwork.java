package io.coxswain.cluster;

import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.informer.SharedInformers;
import io.coxswain.network.dns.ClusterDns;
import io.coxswain.network.dns.DnsConfiguration;
import io.coxswain.network.proxy.Proxy;
import io.coxswain.network.proxy.ProxyConfiguration;
import io.coxswain.network.proxy.ProxyEdges;
import io.coxswain.network.routes.RouteTable;
import io.coxswain.network.routes.Routes;
import io.coxswain.network.routes.RoutesConfiguration;
import java.util.List;
import java.util.Random;

/// What makes Services answer on a node: the rules of kube-proxy, and cluster DNS.
public final class NodeNetwork implements Part {

    private static final String DOMAIN = "cluster.local";

    private final List<SharedInformers> informers;
    private final Routes routes;
    private final Proxy proxy;
    private final ClusterDns dns;

    private NodeNetwork(
            List<SharedInformers> informers, Routes routes, Proxy proxy, ClusterDns dns) {
        this.informers = informers;
        this.routes = routes;
        this.proxy = proxy;
        this.dns = dns;
    }

    /// @param client of the service proxy
    /// @param node the node's own client: cluster DNS says on the Node object where it listens
    static NodeNetwork start(NodeSettings settings, Client client, Client node, Loops loops) {
        var informers = new SharedInformers(client, loops, new Random());
        var names = new SharedInformers(node, loops, new Random());
        var network = settings.network();
        var proxy =
                new Proxy(
                        ProxyConfiguration.of(
                                settings.name(), network.clusterCidr(), network.serviceCidr()),
                        informers,
                        ProxyEdges.host(),
                        loops);
        var dns =
                new ClusterDns(
                        DnsConfiguration.of(
                                DOMAIN, network.dnsAddress(), settings.name(), settings.address()),
                        node,
                        names,
                        loops);
        var routes =
                new Routes(
                        new RoutesConfiguration(
                                settings.name(),
                                List.of(network.clusterCidr()),
                                List.of(network.serviceCidr())),
                        informers,
                        RouteTable.HOST,
                        loops);
        // Routes first: they keep cluster addresses from leaving by the host's default route.
        routes.start();
        proxy.start();
        dns.start();
        return new NodeNetwork(List.of(informers, names), routes, proxy, dns);
    }

    /// Whether the rules are in place and names are answered.
    boolean ready() {
        return proxy.ready() && dns.ready();
    }

    /// Removes what an earlier process has left.
    public static void cleanUp() {
        Proxy.cleanup(ProxyEdges.host());
        Routes.cleanup(RouteTable.HOST);
    }

    @Override
    public void close() {
        dns.close();
        proxy.close();
        routes.close();
        informers.forEach(SharedInformers::close);
    }
}

package io.coxswain.network.proxy;

import io.coxswain.network.host.SettingsKept;

/// All of the node that the proxy touches.
public record ProxyEdges(Nftables nftables, Conntrack conntrack, SettingsKept settings) {

    /// This host, or rather the network namespace that this process is in.
    public static ProxyEdges host() {
        return new ProxyEdges(Nftables.HOST, Conntrack.HOST, SettingsKept.host());
    }
}

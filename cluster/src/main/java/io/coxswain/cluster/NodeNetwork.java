package io.coxswain.cluster;

import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;

/// Temporary.
public final class NodeNetwork implements AutoCloseable {

    record Settings(
            String node,
            String address,
            AddressRange serviceCidr,
            String clusterCidr,
            String dnsAddress) {}

    static NodeNetwork start(Settings settings, Client client, Loops loops) {
        return new NodeNetwork();
    }

    public static void cleanUp() {}

    @Override
    public void close() {}
}

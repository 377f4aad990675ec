package io.coxswain.cluster;

import io.coxswain.apiserver.Serving;
import io.coxswain.apiserver.authentication.TokenFile;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.cluster.security.SecuritySettings;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// How the control plane of a cluster is set up.
///
/// @param bind where the API server listens; port 0 for any
/// @param advertiseAddress where pods and other nodes reach it
/// @param nodeMaskSize how long the prefix of a node's part of the pod addresses is
/// @param controllers whether controllers run in this process
/// @param scheduler whether the scheduler runs in this process
/// @param serving which versions of the API are served
public record ControlPlaneConfiguration(
        InetSocketAddress bind,
        String advertiseAddress,
        AddressRange serviceCidr,
        String clusterCidr,
        int nodeMaskSize,
        boolean anonymous,
        @Nullable TokenFile tokens,
        boolean controllers,
        boolean scheduler,
        Serving serving,
        SecuritySettings security) {

    /// With the security every cluster has.
    public ControlPlaneConfiguration(
            InetSocketAddress bind,
            String advertiseAddress,
            AddressRange serviceCidr,
            String clusterCidr,
            int nodeMaskSize,
            boolean anonymous,
            @Nullable TokenFile tokens,
            boolean controllers,
            boolean scheduler,
            Serving serving) {
        this(
                bind,
                advertiseAddress,
                serviceCidr,
                clusterCidr,
                nodeMaskSize,
                anonymous,
                tokens,
                controllers,
                scheduler,
                serving,
                SecuritySettings.STANDARD);
    }

    /// The cluster DNS is the tenth Service address.
    private static final int DNS_OFFSET = 10;

    /// What nodes have to know.
    public NetworkFacts network() {
        return new NetworkFacts(serviceCidr.cidr(), clusterCidr, serviceCidr.at(DNS_OFFSET));
    }
}

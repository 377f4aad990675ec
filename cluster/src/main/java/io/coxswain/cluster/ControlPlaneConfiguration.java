package io.coxswain.cluster;

import io.coxswain.apiserver.Serving;
import io.coxswain.apiserver.RequestLimits;
import io.coxswain.apiserver.authentication.TokenFile;
import io.coxswain.apiserver.services.AddressRange;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// How the control plane of a cluster is set up.
///
/// @param protection how what is stored is protected
/// @param bind where the API server listens; port 0 for any
/// @param advertiseAddress where pods and other nodes reach it
/// @param nodeMaskSize how long the prefix of a node's part of the pod addresses is
/// @param controllers whether controllers run in this process
/// @param scheduler whether the scheduler runs in this process
/// @param serving which versions of the API are served
/// @param limits how much the API server does at once, and for how long
public record ControlPlaneConfiguration(
        Protection protection,
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
        RequestLimits limits) {

    /// The cluster DNS is the tenth Service address.
    private static final int DNS_OFFSET = 10;

    /// What nodes have to know.
    public NetworkFacts network() {
        return new NetworkFacts(serviceCidr.cidr(), clusterCidr, serviceCidr.at(DNS_OFFSET));
    }
}

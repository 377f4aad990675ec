package io.coxswain.cluster;

import io.coxswain.apiserver.RequestLimits;
import io.coxswain.apiserver.Serving;
import io.coxswain.apiserver.authentication.TokenFile;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.cluster.security.SecuritySettings;
import io.coxswain.cluster.store.StoreChoice;
import java.net.InetSocketAddress;
import java.time.Duration;
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
/// @param store where the state is kept; where several share it, one of them leads the controllers
///     and one the scheduler
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
        RequestLimits limits,
        StoreChoice store,
        SecuritySettings security) {

    /// The cluster DNS is the tenth Service address.
    private static final int DNS_OFFSET = 10;

    /// Long enough for clients and load balancers that ask every second.
    private static final Duration SHUTDOWN_DELAY = Duration.ofSeconds(2);

    public ControlPlaneConfiguration withStore(StoreChoice choice) {
        return new ControlPlaneConfiguration(
                protection,
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
                limits,
                choice,
                security);
    }

    /// How long a server that is to stop still answers, saying that it is not ready.
    public Duration shutdownDelay() {
        return store instanceof StoreChoice.Embedded ? Duration.ZERO : SHUTDOWN_DELAY;
    }

    /// What nodes have to know.
    public NetworkFacts network() {
        return new NetworkFacts(serviceCidr.cidr(), clusterCidr, serviceCidr.at(DNS_OFFSET));
    }
}

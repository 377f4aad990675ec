package io.coxswain.cluster;

import io.coxswain.apiserver.RequestLimits;
import io.coxswain.apiserver.Serving;
import io.coxswain.apiserver.authentication.TokenFile;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.cluster.security.SecuritySettings;
import io.coxswain.cluster.store.StoreChoice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the control plane of a cluster is set up.
///
/// @param whole whether controllers and scheduler run in this process, and not the API server alone
/// @param store where the state is kept; where several share it, one of them leads the controllers
///     and one the scheduler
/// @param protection how what is stored is protected
public record ControlPlaneConfiguration(
        Addresses addresses,
        Api api,
        boolean whole,
        StoreChoice store,
        Protection protection,
        SecuritySettings security) {

    /// Long enough for clients and load balancers that ask every second.
    private static final Duration SHUTDOWN_DELAY = Duration.ofSeconds(2);

    /// @param bind where the API server listens; port 0 for any
    /// @param advertised where pods and other nodes reach it
    /// @param nodeMaskSize how long the prefix of a node's part of the pod addresses is
    public record Addresses(
            InetSocketAddress bind,
            String advertised,
            AddressRange services,
            String pods,
            int nodeMaskSize) {

        /// The cluster DNS is the tenth Service address.
        private static final int DNS_OFFSET = 10;

        /// Upstream's ranges, for a server that listens on the loopback interface alone.
        public static Addresses local(int port) {
            return new Addresses(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    "127.0.0.1",
                    AddressRange.parse("10.96.0.0/12"),
                    "10.244.0.0/16",
                    24);
        }

        public Addresses advertising(String address) {
            return new Addresses(bind, address, services, pods, nodeMaskSize);
        }

        /// What nodes have to know.
        public NetworkFacts network() {
            return new NetworkFacts(services.cidr(), pods, services.at(DNS_OFFSET));
        }
    }

    /// @param anonymous whether requests without credentials are let in as anonymous users
    /// @param tokens static ones; null for none
    /// @param serving which versions of the API are served
    /// @param limits how much it does at once, and for how long
    public record Api(
            boolean anonymous, @Nullable TokenFile tokens, Serving serving, RequestLimits limits) {

        public static final Api STANDARD =
                new Api(false, null, Serving.DEFAULT, RequestLimits.DEFAULT);
    }

    /// A whole control plane with its state in a directory, and everything else as by default.
    public static ControlPlaneConfiguration standard(Addresses addresses) {
        return new ControlPlaneConfiguration(
                addresses,
                Api.STANDARD,
                true,
                StoreChoice.EMBEDDED,
                Protection.NONE,
                SecuritySettings.STANDARD);
    }

    public ControlPlaneConfiguration withStore(StoreChoice choice) {
        return new ControlPlaneConfiguration(addresses, api, whole, choice, protection, security);
    }

    public ControlPlaneConfiguration withProtection(Protection other) {
        return new ControlPlaneConfiguration(addresses, api, whole, store, other, security);
    }

    /// Without controllers and scheduler.
    public ControlPlaneConfiguration alone() {
        return new ControlPlaneConfiguration(addresses, api, false, store, protection, security);
    }

    /// How long a server that is to stop still answers, saying that it is not ready.
    public Duration shutdownDelay() {
        return store instanceof StoreChoice.Embedded ? Duration.ZERO : SHUTDOWN_DELAY;
    }
}

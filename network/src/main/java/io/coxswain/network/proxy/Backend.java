package io.coxswain.network.proxy;

import java.util.Set;

/// One endpoint of one port of a Service.
///
/// @param zones the zones whose traffic it should get; empty when it has no hint
/// @param nodes the nodes whose traffic it should get; empty when it has no hint
record Backend(
        String address, int port, boolean local, State state, Set<String> zones, Set<String> nodes)
        implements Comparable<Backend> {

    /// What an endpoint can do for clients.
    enum State {
        READY,
        /// On its way out, but still answering: used only when no endpoint is ready.
        SERVING_LAST,
        USELESS
    }

    @Override
    public int compareTo(Backend other) {
        var byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    String text() {
        return address + ":" + port;
    }
}

package io.coxswain.network.routes;

/// A route of this node.
public sealed interface Route {

    /// The range of addresses, such as `10.244.1.0/24`.
    String destination();

    /// Over another machine on the same network.
    record Via(String destination, String gateway) implements Route {}

    /// Nowhere: whoever sends hears at once that there is no way. Any other route of the range or a
    /// part of it goes first.
    record Nowhere(String destination) implements Route {}

    /// To the loopback device, where nothing takes it. The service rules have changed a packet's
    /// destination before it goes there; the route only lets a program of the node send it, even
    /// on a machine without a default route.
    record Rewritten(String destination) implements Route {}
}

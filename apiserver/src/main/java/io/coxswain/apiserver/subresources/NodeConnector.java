package io.coxswain.apiserver.subresources;

import io.coxswain.api.core.Node;
import io.coxswain.http.Transport;

/// Reaches the kubelet of a node.
@FunctionalInterface
public interface NodeConnector {

    /// A transport to the kubelet's server; cached by whoever implements this.
    Transport to(Node node);
}

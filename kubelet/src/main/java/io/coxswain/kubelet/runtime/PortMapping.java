package io.coxswain.kubelet.runtime;

import org.jspecify.annotations.Nullable;

/// A port of the host that leads to a port of the pod. Without `hostIp`, on every address.
public record PortMapping(
        Protocol protocol, int containerPort, int hostPort, @Nullable String hostIp) {

    public enum Protocol {
        TCP,
        UDP,
        SCTP
    }
}

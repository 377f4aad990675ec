package io.coxswain.scheduler.snapshot;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import java.util.List;
import java.util.stream.Stream;

/// A port of the node that a container takes for itself.
public record HostPort(String ip, String protocol, int port) {

    private static final String ANY = "0.0.0.0";

    /// The host ports of a pod. Those of ordinary init containers are free again when it runs.
    static List<HostPort> of(Pod pod) {
        var sidecars =
                pod.spec().initContainers().stream()
                        .filter(container -> "Always".equals(container.restartPolicy()));
        return Stream.concat(pod.spec().containers().stream(), sidecars)
                .flatMap(HostPort::of)
                .toList();
    }

    private static Stream<HostPort> of(Container container) {
        return container.ports().stream()
                .filter(port -> port.hostPort() > 0)
                .map(port ->
                        new HostPort(
                                port.hostIP().isEmpty() ? ANY : port.hostIP(),
                                port.protocol().isEmpty() ? "TCP" : port.protocol(),
                                port.hostPort()));
    }

    public boolean conflicts(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (ip.equals(other.ip) || ip.equals(ANY) || other.ip.equals(ANY));
    }
}

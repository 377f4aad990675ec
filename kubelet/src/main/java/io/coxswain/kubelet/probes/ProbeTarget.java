package io.coxswain.kubelet.probes;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.IntOrString;
import java.time.Instant;

/// A running container that is probed.
///
/// @param podIp where its ports are reached
public record ProbeTarget(
        Pod pod, Container container, String containerId, String podIp, Instant startedAt) {

    /// The number of a port given by number or by name; throws [IllegalArgumentException].
    public int port(IntOrString port) {
        return switch (port) {
            case IntOrString.OfInt(var number) -> number;
            case IntOrString.OfString(var name) -> named(name);
        };
    }

    private int named(String name) {
        for (var port : container.ports()) {
            if (port.name().equals(name)) {
                return port.containerPort();
            }
        }
        try {
            return Integer.parseInt(name);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("couldn't find port: \"" + name + "\"", e);
        }
    }
}

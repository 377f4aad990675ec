package io.coxswain.kubelet.runtime;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a whole pod uses.
public record SandboxStats(
        String id,
        PodIdentity pod,
        Usage usage,
        @Nullable Network network,
        @Nullable Long processes,
        List<ContainerStats> containers) {

    public SandboxStats {
        containers = List.copyOf(containers);
    }

    /// Traffic of the pod, its default interface first.
    public record Network(Instant at, List<Interface> interfaces) {
        public Network {
            interfaces = List.copyOf(interfaces);
        }
    }

    public record Interface(
            String name, long receivedBytes, long receiveErrors, long sentBytes, long sendErrors) {}
}

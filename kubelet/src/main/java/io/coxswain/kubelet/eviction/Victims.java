package io.coxswain.kubelet.eviction;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Quantity;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides which pod has to go. Pure.
///
/// First those that use more than they asked for, the less important ones before the others, and of
/// equals the one that exceeds its request most. Pods that the system depends on never go.
final class Victims {

    /// `system-cluster-critical`; above it is only `system-node-critical`.
    private static final int CRITICAL = 2_000_000_000;

    private Victims() {}

    /// Null when there is none to be had.
    static @Nullable PodUsage choose(Pressure pressure, Collection<PodUsage> pods) {
        var signal = pressure.signal();
        return pods.stream()
                .filter(usage -> !critical(usage.pod()))
                .min(
                        Comparator.comparing((PodUsage usage) -> excess(signal, usage) <= 0)
                                .thenComparingInt(usage -> priority(usage.pod()))
                                .thenComparing(
                                        Comparator.comparingLong(
                                                        (PodUsage usage) -> excess(signal, usage))
                                                .reversed()))
                .orElse(null);
    }

    static boolean critical(Pod pod) {
        return priority(pod) >= CRITICAL;
    }

    /// What is said of a pod that goes.
    static String message(Pressure pressure, PodUsage victim) {
        var signal = pressure.signal();
        return pressure.message()
                + containers(victim.pod())
                        .filter(container -> used(victim, container) > asked(signal, container))
                        .map(container ->
                                "Container %s was using %s, request is %s, has larger consumption of %s. "
                                        .formatted(
                                                container.name(),
                                                pressure.text(used(victim, container)),
                                                text(signal, container),
                                                signal.resource()))
                        .collect(Collectors.joining());
    }

    private static int priority(Pod pod) {
        return Objects.requireNonNullElse(pod.spec().priority(), 0);
    }

    private static long excess(Signal signal, PodUsage usage) {
        return usage.total()
                - containers(usage.pod()).mapToLong(container -> asked(signal, container)).sum();
    }

    private static Stream<Container> containers(Pod pod) {
        return pod.spec().containers().stream();
    }

    private static long used(PodUsage usage, Container container) {
        return usage.containers().getOrDefault(container.name(), 0L);
    }

    private static long asked(Signal signal, Container container) {
        return request(signal, container).value();
    }

    private static String text(Signal signal, Container container) {
        return request(signal, container).text();
    }

    private static Quantity request(Signal signal, Container container) {
        return container.resources().requests().getOrDefault(signal.resource(), Quantity.ZERO);
    }
}

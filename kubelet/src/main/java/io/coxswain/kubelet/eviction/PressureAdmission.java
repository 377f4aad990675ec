package io.coxswain.kubelet.eviction;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.Qos;
import io.coxswain.kubelet.pods.PodAdmission;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps pods off a node that is under pressure. One that is short of memory alone still takes pods
/// that have asked for some.
///
/// @param next asked about the pods that this one lets in
public record PressureAdmission(Supplier<Set<Signal>> pressures, PodAdmission next)
        implements PodAdmission {

    @Override
    public @Nullable Rejection check(Pod pod, Collection<Pod> others) {
        var signals = pressures.get();
        var onlyMemory = signals.equals(Set.of(Signal.MEMORY));
        if (signals.isEmpty()
                || Victims.critical(pod)
                || (onlyMemory && Qos.of(pod) != Qos.BEST_EFFORT)) {
            return next.check(pod, others);
        }
        var conditions =
                signals.stream().map(Signal::condition).collect(Collectors.joining(" ", "[", "]"));
        return new Rejection("Evicted", "The node had condition: " + conditions + ". ");
    }
}

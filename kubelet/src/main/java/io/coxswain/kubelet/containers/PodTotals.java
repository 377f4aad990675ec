package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.schema.Quantity;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodContainer.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// What a pod asks for as a whole: its regular containers and sidecars together, or more while an
/// init container needs more.
public final class PodTotals {

    private PodTotals() {}

    public static Map<String, Quantity> requests(Pod pod) {
        return total(pod, ResourceRequirements::requests);
    }

    /// Only what every container limits is limited as a whole.
    public static Map<String, Quantity> limits(Pod pod) {
        var limits = total(pod, ResourceRequirements::limits);
        var own = pod.spec().resources();
        limits.keySet()
                .removeIf(name ->
                        (own == null || !own.limits().containsKey(name))
                                && pod.spec().containers().stream()
                                        .anyMatch(c -> !c.resources().limits().containsKey(name)));
        return limits;
    }

    private static Map<String, Quantity> total(
            Pod pod, Function<ResourceRequirements, Map<String, Quantity>> part) {
        var steady = new HashMap<String, Quantity>();
        var peak = new HashMap<String, Quantity>();
        for (var container : PodContainer.init(pod)) {
            var asked = part.apply(container.spec().resources());
            if (container.role() == Role.SIDECAR) {
                add(steady, asked);
                raise(peak, steady);
            } else {
                var moment = new HashMap<>(steady);
                add(moment, asked);
                raise(peak, moment);
            }
        }
        for (var container : pod.spec().containers()) {
            add(steady, part.apply(container.resources()));
        }
        raise(peak, steady);
        var own = pod.spec().resources();
        if (own != null) {
            peak.putAll(part.apply(own));
        }
        add(peak, pod.spec().overhead());
        return peak;
    }

    private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }

    private static void raise(Map<String, Quantity> peak, Map<String, Quantity> other) {
        other.forEach(
                (name, amount) -> peak.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }
}

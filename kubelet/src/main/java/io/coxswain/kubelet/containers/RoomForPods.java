package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Quantity;
import io.coxswain.kubelet.pods.PodAdmission;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets a pod in as long as its requests fit into what the node has. The scheduler has checked that
/// too, but it may have been wrong, or not asked.
public final class RoomForPods implements PodAdmission {

    private final Map<String, Quantity> allocatable;

    public RoomForPods(Map<String, Quantity> allocatable) {
        this.allocatable = allocatable;
    }

    @Override
    public @Nullable Rejection check(Pod pod, Collection<Pod> others) {
        var places = allocatable.getOrDefault("pods", Quantity.ZERO).value();
        if (others.size() + 1 > places) {
            return rejection("pods", 1, others.size(), places);
        }
        var asked = PodTotals.requests(pod);
        for (var name : asked.keySet()) {
            var has = amount(name, allocatable.get(name));
            var wants = amount(name, asked.get(name));
            var used =
                    others.stream()
                            .mapToLong(other -> amount(name, PodTotals.requests(other).get(name)))
                            .sum();
            if (wants > 0 && used + wants > has) {
                return rejection(name, wants, used, has);
            }
        }
        return null;
    }

    /// CPU counts in thousandths.
    private static long amount(String name, @Nullable Quantity quantity) {
        if (quantity == null) {
            return 0;
        }
        return name.equals("cpu") ? quantity.millis() : quantity.value();
    }

    private static Rejection rejection(String name, long wants, long used, long has) {
        return new Rejection(
                "OutOf" + name,
                "Node didn't have enough resource: "
                        + name
                        + ", requested: "
                        + wants
                        + ", used: "
                        + used
                        + ", capacity: "
                        + has);
    }
}

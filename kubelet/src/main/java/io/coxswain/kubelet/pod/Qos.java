package io.coxswain.kubelet.pod;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.schema.Quantity;
import java.util.List;
import java.util.stream.Stream;

/// The quality of service a pod gets from what it asks for.
public enum Qos {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private final String text;

    Qos(String text) {
        this.text = text;
    }

    /// As the pod's status writes it.
    public String text() {
        return text;
    }

    public static Qos of(Pod pod) {
        var own = pod.spec().resources();
        if (own != null && (asks(own.requests()) || asks(own.limits()))) {
            return bounded(own) ? GUARANTEED : BURSTABLE;
        }
        var containers =
                Stream.concat(
                                pod.spec().containers().stream(),
                                pod.spec().initContainers().stream())
                        .map(Container::resources)
                        .toList();
        if (containers.stream().noneMatch(r -> asks(r.requests()) || asks(r.limits()))) {
            return BEST_EFFORT;
        }
        return containers.stream().allMatch(Qos::bounded) ? GUARANTEED : BURSTABLE;
    }

    private static boolean asks(java.util.Map<String, Quantity> amounts) {
        return COUNTED.stream().anyMatch(name -> positive(amounts.get(name)));
    }

    /// Whether CPU and memory are both limited, and requested in the same amount.
    private static boolean bounded(ResourceRequirements resources) {
        return COUNTED.stream()
                .allMatch(name -> {
                    var limit = resources.limits().get(name);
                    var request = resources.requests().getOrDefault(name, limit);
                    return limit != null
                            && positive(limit)
                            && request != null
                            && request.compareTo(limit) == 0;
                });
    }

    private static boolean positive(@org.jspecify.annotations.Nullable Quantity amount) {
        return amount != null && amount.amount().signum() > 0;
    }
}

package io.coxswain.scheduler.snapshot;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Quantity;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pod asks of a node.
///
/// @param amounts by number of the resource; its own slot in `pods` is 1
/// @param scoredCpu like `amounts`, but a container that asks for none counts as asking for a
///     little, so that many such pods do not all look free of charge
public record Requests(long[] amounts, long scoredCpu, long scoredMemory) {

    private static final long CPU_MILLIS_UNSAID = 100;
    private static final long MEMORY_BYTES_UNSAID = 200L << 20;

    /// What all containers need at once, or, if that is more, what the greediest init container
    /// needs beside the sidecars started before it; plus the overhead of the sandbox.
    public static Requests of(Pod pod, ResourceNames names) {
        var asked = total(pod, container -> names.amounts(container.resources().requests()));
        var scored = total(pod, container -> scored(container, names));
        var whole = pod.spec().resources();
        if (whole != null) {
            asked = override(asked, whole.requests(), names);
            scored = override(scored, whole.requests(), names);
        }
        var overhead = names.amounts(pod.spec().overhead());
        asked = ResourceNames.sum(asked, overhead);
        scored = ResourceNames.sum(scored, overhead);
        asked[ResourceNames.PODS] = 1;
        return new Requests(asked, scored[ResourceNames.CPU], scored[ResourceNames.MEMORY]);
    }

    public long amount(int resource) {
        return resource < amounts.length ? amounts[resource] : 0;
    }

    /// Whether the pod asks for nothing but a place.
    public boolean bestEffort() {
        for (var i = 0; i < amounts.length; i++) {
            if (i != ResourceNames.PODS && amounts[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private interface Amounts {
        long[] of(Container container);
    }

    private static long[] total(Pod pod, Amounts amounts) {
        var running = new long[ResourceNames.PODS + 1];
        for (var container : pod.spec().containers()) {
            running = ResourceNames.sum(running, amounts.of(container));
        }
        var sidecars = new long[ResourceNames.PODS + 1];
        var starting = new long[ResourceNames.PODS + 1];
        for (var container : pod.spec().initContainers()) {
            var own = amounts.of(container);
            if ("Always".equals(container.restartPolicy())) {
                sidecars = ResourceNames.sum(sidecars, own);
                starting = ResourceNames.max(starting, sidecars);
            } else {
                starting = ResourceNames.max(starting, ResourceNames.sum(sidecars, own));
            }
        }
        return ResourceNames.max(ResourceNames.sum(running, sidecars), starting);
    }

    private static long[] scored(Container container, ResourceNames names) {
        var requests = container.resources().requests();
        var amounts = names.amounts(requests);
        if (!requests.containsKey("cpu")) {
            amounts[ResourceNames.CPU] = CPU_MILLIS_UNSAID;
        }
        if (!requests.containsKey("memory")) {
            amounts[ResourceNames.MEMORY] = MEMORY_BYTES_UNSAID;
        }
        return amounts;
    }

    /// What is asked for the pod as a whole counts instead of what its containers ask for.
    private static long[] override(
            long[] amounts, Map<String, Quantity> whole, ResourceNames names) {
        var stated = names.amounts(whole);
        var result = Arrays.copyOf(amounts, Math.max(amounts.length, stated.length));
        for (var name : whole.keySet()) {
            var resource = names.number(name);
            result[resource] = stated[resource];
        }
        return result;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Requests that
                && Arrays.equals(amounts, that.amounts)
                && scoredCpu == that.scoredCpu
                && scoredMemory == that.scoredMemory;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(amounts) * 31 + Long.hashCode(scoredCpu + scoredMemory);
    }

    @Override
    public String toString() {
        return Arrays.toString(amounts);
    }
}

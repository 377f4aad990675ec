package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a pod asks for as a whole: its quality of service, and the resources named for the pod
/// rather than for a container.
public final class PodResources {

    private static final List<String> COMPUTE = List.of("cpu", "memory");

    private PodResources() {}

    /// Which resources can be named for the pod as a whole.
    static boolean supportedForPods(String resource) {
        return COMPUTE.contains(resource) || resource.startsWith("hugepages-");
    }

    /// Fills in the requests of the pod where its resources are only partly given.
    static @Nullable ResourceRequirements withDefaults(PodSpec spec, List<Container> containers) {
        var resources = spec.resources();
        if (resources == null) {
            return null;
        }
        var requests = new LinkedHashMap<>(resources.requests());
        for (var asked : sum(containers, spec.initContainers()).entrySet()) {
            if (supportedForPods(asked.getKey())) {
                requests.putIfAbsent(asked.getKey(), asked.getValue());
            }
        }
        for (var limit : resources.limits().entrySet()) {
            if (supportedForPods(limit.getKey())) {
                requests.putIfAbsent(limit.getKey(), limit.getValue());
            }
        }
        return Edit.with(resources, ResourceRequirements::requests, requests);
    }

    /// `Guaranteed`, `Burstable` or `BestEffort`.
    public static String qosClass(Pod pod) {
        return qosClass(pod.spec());
    }

    public static String qosClass(PodSpec spec) {
        var pod = spec.resources();
        var parts =
                pod != null
                        ? List.of(pod)
                        : Stream.concat(spec.containers().stream(), spec.initContainers().stream())
                                .map(Container::resources)
                                .toList();
        var requests = new HashMap<String, Quantity>();
        var limits = new HashMap<String, Quantity>();
        var guaranteed = true;
        for (var part : parts) {
            positive(part.requests(), requests);
            guaranteed &= positive(part.limits(), limits) == COMPUTE.size();
        }
        if (requests.isEmpty() && limits.isEmpty()) {
            return "BestEffort";
        }
        return guaranteed && requests.equals(limits) ? "Guaranteed" : "Burstable";
    }

    /// Adds the compute resources above zero to `total`; returns how many there were.
    private static int positive(Map<String, Quantity> amounts, Map<String, Quantity> total) {
        var count = 0;
        for (var name : COMPUTE) {
            var amount = amounts.get(name);
            if (amount != null && amount.compareTo(Quantity.ZERO) > 0) {
                total.merge(name, amount, Quantity::plus);
                count++;
            }
        }
        return count;
    }

    /// What the containers of a pod request together: those that run at the same time are added,
    /// those that run before each other count by the largest.
    static Map<String, Quantity> sum(List<Container> containers, List<Container> initial) {
        return sum(containers, initial, ResourceRequirements::requests);
    }

    /// What a whole pod requests, its overhead included.
    public static Map<String, Quantity> requests(PodSpec spec) {
        var total = total(spec, ResourceRequirements::requests);
        add(spec.overhead(), total);
        return total;
    }

    /// What a whole pod is limited to; its overhead is added to what has a limit.
    public static Map<String, Quantity> limits(PodSpec spec) {
        var total = total(spec, ResourceRequirements::limits);
        spec.overhead()
                .forEach((name, amount) -> total.computeIfPresent(name, (n, l) -> l.plus(amount)));
        return total;
    }

    private static Map<String, Quantity> total(
            PodSpec spec, Function<ResourceRequirements, Map<String, Quantity>> part) {
        var total = sum(spec.containers(), spec.initContainers(), part);
        var whole = spec.resources();
        if (whole != null) {
            total.putAll(part.apply(whole));
        }
        return total;
    }

    private static Map<String, Quantity> sum(
            List<Container> containers,
            List<Container> initial,
            Function<ResourceRequirements, Map<String, Quantity>> part) {
        var total = new LinkedHashMap<String, Quantity>();
        containers.forEach(container -> add(part.apply(container.resources()), total));
        var sidecars = new LinkedHashMap<String, Quantity>();
        var peaks = new ArrayList<Map<String, Quantity>>();
        for (var container : initial) {
            if (Objects.equals(container.restartPolicy(), "Always")) {
                add(part.apply(container.resources()), total);
                add(part.apply(container.resources()), sidecars);
                peaks.add(new LinkedHashMap<>(sidecars));
                continue;
            }
            var peak = new LinkedHashMap<>(sidecars);
            add(part.apply(container.resources()), peak);
            peaks.add(peak);
        }
        for (var peak : peaks) {
            peak.forEach((name, amount) -> total.merge(name, amount, PodResources::larger));
        }
        return total;
    }

    private static void add(Map<String, Quantity> amounts, Map<String, Quantity> total) {
        amounts.forEach((name, amount) -> total.merge(name, amount, Quantity::plus));
    }

    private static Quantity larger(Quantity a, Quantity b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}

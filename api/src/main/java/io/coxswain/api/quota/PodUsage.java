package io.coxswain.api.quota;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.pods.PodResources;
import io.coxswain.api.schema.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What pods use: themselves, and until they have ended what their containers request and may have
/// at most.
final class PodUsage {

    private static final Set<String> COMPUTE = Set.of("cpu", "memory", "ephemeral-storage");

    /// What every container must name where a quota limits it.
    private static final Set<String> DEMANDED =
            Set.of(
                    "cpu",
                    "memory",
                    "requests.cpu",
                    "requests.memory",
                    "limits.cpu",
                    "limits.memory");

    private static final String REQUESTS = "requests.";
    private static final String LIMITS = "limits.";
    private static final String HUGE = "hugepages-";

    private PodUsage() {}

    static void add(Pod pod, Instant now, Map<String, Quantity> usage) {
        if (!counts(pod, now)) {
            return;
        }
        usage.put("pods", Quantity.of(1));
        add(PodResources.requests(pod.spec()), PodResources.limits(pod.spec()), usage);
    }

    private static void add(
            Map<String, Quantity> requests,
            Map<String, Quantity> limits,
            Map<String, Quantity> usage) {
        requests.forEach((name, amount) -> {
            if (COMPUTE.contains(name) || name.startsWith(HUGE)) {
                usage.put(name, amount);
                usage.put(REQUESTS + name, amount);
            } else if (extended(name)) {
                usage.put(REQUESTS + name, amount);
            }
        });
        limits.forEach((name, amount) -> {
            if (COMPUTE.contains(name)) {
                usage.put(LIMITS + name, amount);
            }
        });
    }

    /// A pod that has ended, or should have long ago, holds nothing any more.
    private static boolean counts(Pod pod, Instant now) {
        var phase = pod.status().phase();
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return false;
        }
        var deleted = pod.metadata().deletionTimestamp();
        var grace = pod.metadata().deletionGracePeriodSeconds();
        return deleted == null
                || grace == null
                || !now.isAfter(deleted.plus(Duration.ofSeconds(grace)));
    }

    static boolean limits(String limit) {
        if (limit.equals("pods") || COMPUTE.contains(limit) || limit.startsWith(HUGE)) {
            return true;
        }
        if (limit.startsWith(LIMITS)) {
            return COMPUTE.contains(limit.substring(LIMITS.length()));
        }
        if (!limit.startsWith(REQUESTS)) {
            return false;
        }
        var name = limit.substring(REQUESTS.length());
        return COMPUTE.contains(name) || name.startsWith(HUGE) || extended(name);
    }

    /// A resource somebody else has named: `example.com/gpu`.
    private static boolean extended(String name) {
        var slash = name.indexOf('/');
        if (slash < 0) {
            return false;
        }
        var domain = name.substring(0, slash);
        return !domain.equals("kubernetes.io") && !domain.endsWith(".kubernetes.io");
    }

    static Map<String, List<String>> missing(Set<String> limits, Pod pod) {
        var demanded = new TreeSet<>(limits);
        demanded.retainAll(DEMANDED);
        var missing = new TreeMap<String, List<String>>();
        var whole = pod.spec().resources();
        if (whole != null) {
            var usage = new TreeMap<String, Quantity>();
            add(whole.requests(), whole.limits(), usage);
            demanded.removeAll(usage.keySet());
        }
        if (demanded.isEmpty()) {
            return missing;
        }
        Stream.concat(pod.spec().containers().stream(), pod.spec().initContainers().stream())
                .forEach(container -> missing(container, demanded, missing));
        missing.replaceAll((name, containers) -> containers.stream().sorted().toList());
        return missing;
    }

    private static void missing(
            Container container, Set<String> demanded, Map<String, List<String>> missing) {
        var usage = new TreeMap<String, Quantity>();
        add(container.resources().requests(), container.resources().limits(), usage);
        for (var name : demanded) {
            if (!usage.containsKey(name)) {
                missing.computeIfAbsent(name, key -> new ArrayList<>()).add(container.name());
            }
        }
    }
}

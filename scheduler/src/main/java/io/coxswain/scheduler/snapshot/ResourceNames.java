package io.coxswain.scheduler.snapshot;

import io.coxswain.api.schema.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for the names of resources, so that amounts can live in columns. Only grows.
public final class ResourceNames {

    public static final int CPU = 0;
    public static final int MEMORY = 1;
    public static final int STORAGE = 2;
    public static final int PODS = 3;

    private final List<String> names =
            new ArrayList<>(List.of("cpu", "memory", "ephemeral-storage", "pods"));
    private final Map<String, Integer> numbers = new HashMap<>();

    public ResourceNames() {
        for (var i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), i);
        }
    }

    public int size() {
        return names.size();
    }

    public String name(int resource) {
        return names.get(resource);
    }

    public int number(String name) {
        return numbers.computeIfAbsent(
                name,
                fresh -> {
                    names.add(fresh);
                    return names.size() - 1;
                });
    }

    /// The amounts by number: CPU in thousandths, everything else whole.
    public long[] amounts(Map<String, Quantity> quantities) {
        var amounts = new long[PODS + 1];
        for (var entry : quantities.entrySet()) {
            var resource = number(entry.getKey());
            if (resource >= amounts.length) {
                amounts = Arrays.copyOf(amounts, resource + 1);
            }
            var quantity = entry.getValue();
            amounts[resource] = resource == CPU ? quantity.millis() : quantity.value();
        }
        return amounts;
    }

    static long[] sum(long[] one, long[] other) {
        var sum = Arrays.copyOf(one, Math.max(one.length, other.length));
        for (var i = 0; i < other.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    static long[] max(long[] one, long[] other) {
        var max = Arrays.copyOf(one, Math.max(one.length, other.length));
        for (var i = 0; i < other.length; i++) {
            max[i] = Math.max(max[i], other[i]);
        }
        return max;
    }
}

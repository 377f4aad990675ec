package io.coxswain.apiserver.policy;

import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.admission.Objects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The policies of the cluster with their bindings, in the order of their names. Programs are kept
/// until their policy changes; nothing is looked up again while neither policies nor bindings do.
final class PolicyIndex<P extends Resource, B extends Resource, C> {

    /// A policy somebody has bound.
    record Known<P, B, C>(P policy, C programs, List<B> bindings) {}

    private record Cached<C>(String version, C programs) {}

    private record State<P, B, C>(List<P> policies, List<B> bindings, List<Known<P, B, C>> all) {}

    private final Objects objects;
    private final Class<P> policyType;
    private final Class<B> bindingType;
    private final Function<B, String> policyName;
    private final Function<P, C> compiler;
    private final Map<String, Cached<C>> cache = new HashMap<>();
    private volatile State<P, B, C> state = new State<>(List.of(), List.of(), List.of());

    PolicyIndex(
            Objects objects,
            Class<P> policyType,
            Class<B> bindingType,
            Function<B, String> policyName,
            Function<P, C> compiler) {
        this.objects = objects;
        this.policyType = policyType;
        this.bindingType = bindingType;
        this.policyName = policyName;
        this.compiler = compiler;
    }

    List<Known<P, B, C>> all() {
        var policies = objects.all(policyType);
        if (policies.isEmpty()) {
            return List.of();
        }
        var bindings = objects.all(bindingType);
        var before = state;
        if (Objects.same(before.policies(), policies)
                && Objects.same(before.bindings(), bindings)) {
            return before.all();
        }
        return rebuilt(policies, bindings);
    }

    private synchronized List<Known<P, B, C>> rebuilt(List<P> policies, List<B> bindings) {
        var all = new ArrayList<Known<P, B, C>>();
        for (var policy : policies) {
            var own =
                    bindings.stream()
                            .filter(binding -> policyName.apply(binding).equals(policy.name()))
                            .toList();
            if (!own.isEmpty()) {
                all.add(new Known<>(policy, programs(policy), own));
            }
        }
        all.sort(Comparator.comparing(known -> known.policy().name()));
        var sorted = List.copyOf(all);
        state = new State<>(policies, bindings, sorted);
        return sorted;
    }

    private C programs(P policy) {
        var version = policy.uid() + "/" + policy.metadata().generation();
        var known = cache.get(policy.name());
        if (known != null && known.version().equals(version)) {
            return known.programs();
        }
        var programs = compiler.apply(policy);
        cache.put(policy.name(), new Cached<>(version, programs));
        return programs;
    }
}

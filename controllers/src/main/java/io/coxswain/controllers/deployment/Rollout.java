package io.coxswain.controllers.deployment;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.schema.IntOrString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How large each ReplicaSet of a Deployment should be next.
///
/// ```
/// 10 replicas, surge 3, unavailable 2      old   new
/// new template                              10     3     at most 13 in all
/// unhealthy, then spare old pods go          8     3     at least 8 available
/// new pods are available                     5     5     and so on
/// ```
final class Rollout {

    private final Deployment deployment;
    private final ReplicaSets sets;
    private final int replicas;
    private final int surge;
    private final int unavailable;

    Rollout(Deployment deployment, ReplicaSets sets) {
        this.deployment = deployment;
        this.sets = sets;
        this.replicas = replicas(deployment);
        var bounds = bounds(deployment, replicas);
        this.surge = bounds[0];
        this.unavailable = bounds[1];
    }

    static int replicas(Deployment deployment) {
        var replicas = deployment.spec().replicas();
        return replicas == null ? 1 : replicas;
    }

    static boolean rolling(Deployment deployment) {
        return !deployment.spec().strategy().type().equals("Recreate");
    }

    /// The most pods there may be.
    int max() {
        return replicas + surge;
    }

    int minAvailable() {
        return replicas - unavailable;
    }

    /// The size of the ReplicaSet with today's template.
    int current() {
        var current = sets.current();
        var size = current == null ? 0 : ReplicaSets.size(current);
        if (!rolling(deployment)) {
            return replicas;
        }
        if (size >= replicas) {
            return replicas;
        }
        var total = sets.specReplicas();
        return total >= max() ? size : size + Math.min(max() - total, replicas - size);
    }

    /// The smaller sizes of old ReplicaSets that can lose pods now: those that are not available
    /// first, as nobody misses them, then as many as can be spared.
    Map<ReplicaSet, Integer> shrunkOld() {
        var sizes = new LinkedHashMap<ReplicaSet, Integer>();
        var current = sets.current();
        var currentUnavailable =
                current == null
                        ? 0
                        : ReplicaSets.size(current) - current.status().availableReplicas();
        var spare = sets.specReplicas() - minAvailable() - currentUnavailable;
        if (spare <= 0) {
            return Map.of();
        }
        for (var set : sets.oldActive()) {
            var sick = ReplicaSets.size(set) - set.status().availableReplicas();
            var less = Math.min(spare, Math.max(0, sick));
            sizes.put(set, ReplicaSets.size(set) - less);
            spare -= less;
        }
        var available = sets.availableReplicas() - minAvailable();
        for (var set : sets.oldActive()) {
            var size = sizes.getOrDefault(set, ReplicaSets.size(set));
            var less = Math.clamp(available, 0, size);
            sizes.put(set, size - less);
            available -= less;
        }
        sizes.entrySet().removeIf(entry -> ReplicaSets.size(entry.getKey()) == entry.getValue());
        return sizes;
    }

    /// The sizes after a change of `spec.replicas` in the middle of a rollout: each ReplicaSet
    /// grows or shrinks in proportion, what rounding leaves over goes to the largest.
    Map<ReplicaSet, Integer> scaled() {
        var active = sets.active();
        if (active.size() <= 1) {
            return only(active);
        }
        if (saturated()) {
            var sizes = new LinkedHashMap<ReplicaSet, Integer>();
            sets.oldActive().forEach(set -> sizes.put(set, 0));
            return sizes;
        }
        return rolling(deployment) ? proportional(active) : Map.of();
    }

    private Map<ReplicaSet, Integer> only(List<ReplicaSet> active) {
        var one = active.isEmpty() ? sets.current() : active.getFirst();
        if (one == null && !sets.old().isEmpty()) {
            one = sets.old().getLast();
        }
        return one == null || ReplicaSets.size(one) == replicas ? Map.of() : Map.of(one, replicas);
    }

    private Map<ReplicaSet, Integer> proportional(List<ReplicaSet> active) {
        var allowed = replicas > 0 ? max() : 0;
        var toAdd = allowed - active.stream().mapToInt(ReplicaSets::size).sum();
        var byAge = Comparator.comparingInt(active::indexOf);
        var order = new ArrayList<>(active);
        order.sort(
                Comparator.comparingInt(ReplicaSets::size)
                        .reversed()
                        .thenComparing(toAdd > 0 ? byAge.reversed() : byAge));
        var sizes = new LinkedHashMap<ReplicaSet, Integer>();
        var added = 0;
        for (var set : order) {
            var share = share(set, toAdd, added);
            sizes.put(set, ReplicaSets.size(set) + share);
            added += share;
        }
        var leftover = toAdd - added;
        sizes.computeIfPresent(order.getFirst(), (set, size) -> Math.max(0, size + leftover));
        return sizes;
    }

    /// What one ReplicaSet gets of `toAdd`, negative when pods are to go.
    private int share(ReplicaSet set, int toAdd, int added) {
        if (toAdd == added) {
            return 0;
        }
        var size = ReplicaSets.size(set);
        var maxBefore = Revisions.remembered(set, Revisions.MAX, deployment.status().replicas());
        var share =
                replicas == 0 || maxBefore == 0
                        ? -size
                        : (int) Math.round((double) size * max() / maxBefore) - size;
        return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
    }

    /// The new ReplicaSet does all the work already.
    private boolean saturated() {
        var current = sets.current();
        return current != null
                && Revisions.remembered(current, Revisions.DESIRED, -1) == replicas
                && ReplicaSets.size(current) == replicas
                && current.status().availableReplicas() == replicas;
    }

    /// Surge and unavailability in pods; both cannot be zero.
    private static int[] bounds(Deployment deployment, int replicas) {
        if (!rolling(deployment)) {
            return new int[] {0, 0};
        }
        var rolling = deployment.spec().strategy().rollingUpdate();
        var surge = rolling == null ? null : rolling.maxSurge();
        var unavailable = rolling == null ? null : rolling.maxUnavailable();
        var quarter = IntOrString.of("25%");
        var more = (surge == null ? quarter : surge).scaled(replicas, true);
        var fewer = (unavailable == null ? quarter : unavailable).scaled(replicas, false);
        if (more == 0 && fewer == 0) {
            fewer = 1;
        }
        return new int[] {more, Math.min(fewer, replicas)};
    }
}

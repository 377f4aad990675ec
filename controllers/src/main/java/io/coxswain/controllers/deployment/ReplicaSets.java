package io.coxswain.controllers.deployment;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.controllers.pods.Templates;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ReplicaSets of a Deployment: the one with today's template, if it exists, and the others.
///
/// @param old oldest first
record ReplicaSets(@Nullable ReplicaSet current, List<ReplicaSet> old) {

    static final String HASH = "pod-template-hash";

    private static final Comparator<ReplicaSet> BY_AGE =
            Comparator.comparing((ReplicaSet set) ->
                            Objects.requireNonNullElse(
                                    set.metadata().creationTimestamp(), Instant.MAX))
                    .thenComparing(ReplicaSet::name);

    static ReplicaSets of(Deployment deployment, List<ReplicaSet> owned) {
        var byAge = owned.stream().sorted(BY_AGE).toList();
        // Two may have the template, after a change of the hash: the oldest is the one.
        var current =
                byAge.stream()
                        .filter(set -> sameTemplate(deployment, set))
                        .findFirst()
                        .orElse(null);
        return new ReplicaSets(
                current, byAge.stream().filter(set -> !set.equals(current)).toList());
    }

    Stream<ReplicaSet> all() {
        return current == null ? old.stream() : Stream.concat(old.stream(), Stream.of(current));
    }

    ReplicaSets with(ReplicaSet created) {
        return new ReplicaSets(created, old);
    }

    int specReplicas() {
        return all().mapToInt(ReplicaSets::size).sum();
    }

    int statusReplicas() {
        return all().mapToInt(set -> set.status().replicas()).sum();
    }

    int readyReplicas() {
        return all().mapToInt(set -> set.status().readyReplicas()).sum();
    }

    int availableReplicas() {
        return all().mapToInt(set -> set.status().availableReplicas()).sum();
    }

    List<ReplicaSet> active() {
        return all().filter(set -> size(set) > 0).toList();
    }

    List<ReplicaSet> oldActive() {
        return old.stream().filter(set -> size(set) > 0).toList();
    }

    static int size(ReplicaSet set) {
        var replicas = set.spec().replicas();
        return replicas == null ? 1 : replicas;
    }

    static boolean sameTemplate(Deployment deployment, ReplicaSet set) {
        return Templates.labelled(set.spec().template(), HASH, null)
                .equals(Templates.labelled(deployment.spec().template(), HASH, null));
    }
}

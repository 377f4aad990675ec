package io.coxswain.controllers.deployment;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.ReplicaSet.ReplicaSetSpec;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.controllers.pods.Owners;
import io.coxswain.controllers.pods.Templates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The annotations by which a Deployment numbers its ReplicaSets and remembers sizes, and the
/// ReplicaSet that a new revision begins with.
final class Revisions {

    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";

    private static final Set<String> NOT_COPIED =
            Set.of(
                    "kubectl.kubernetes.io/last-applied-configuration",
                    REVISION,
                    HISTORY,
                    DESIRED,
                    MAX,
                    "deprecated.deployment.rollback.to");

    private static final int HISTORY_LENGTH_MAX = 2_000;

    private Revisions() {}

    static long of(ReplicaSet set) {
        return number(set.metadata().annotations().get(REVISION));
    }

    /// One more than any earlier ReplicaSet has.
    static long next(ReplicaSets sets) {
        return 1 + sets.old().stream().mapToLong(Revisions::of).max().orElse(0);
    }

    /// The ReplicaSet of today's template, with no replicas yet.
    static ReplicaSet create(Deployment deployment, long revision) {
        var hash =
                Templates.hash(deployment.spec().template(), deployment.status().collisionCount());
        var template = Templates.labelled(deployment.spec().template(), ReplicaSets.HASH, hash);
        var selector = deployment.spec().selector();
        var labels = Templates.with(selector.matchLabels(), Map.of(ReplicaSets.HASH, hash));
        var annotations = new HashMap<>(copied(deployment));
        annotations.put(REVISION, Long.toString(revision));
        return new ReplicaSet(
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, deployment.name() + "-" + hash)
                        .set(ObjectMeta::namespace, deployment.namespace())
                        .set(ObjectMeta::labels, template.metadata().labels())
                        .set(ObjectMeta::annotations, Map.copyOf(annotations))
                        .set(ObjectMeta::ownerReferences, List.of(Owners.controlledBy(deployment)))
                        .done(),
                new ReplicaSetSpec(
                        0,
                        deployment.spec().minReadySeconds(),
                        new LabelSelector(labels, selector.matchExpressions()),
                        template),
                Edit.of(ReplicaSet.ReplicaSetStatus.class).done());
    }

    /// The ReplicaSet with the Deployment's annotations and this revision, if it is a later one.
    static ReplicaSet annotate(Deployment deployment, ReplicaSet set, long revision) {
        var annotations = new HashMap<>(set.metadata().annotations());
        annotations.putAll(copied(deployment));
        var before = annotations.get(REVISION);
        if (number(before) < revision) {
            annotations.put(REVISION, Long.toString(revision));
            if (before != null) {
                annotations.merge(HISTORY, before, Revisions::append);
            }
        }
        return annotated(set, annotations);
    }

    /// The ReplicaSet that remembers how large the Deployment is meant to be.
    static ReplicaSet sized(ReplicaSet set, int replicas, int desired, int max) {
        var annotations = new HashMap<>(set.metadata().annotations());
        annotations.put(DESIRED, Integer.toString(desired));
        annotations.put(MAX, Integer.toString(max));
        return Edit.with(
                annotated(set, annotations),
                ReplicaSet::spec,
                Edit.with(set.spec(), ReplicaSetSpec::replicas, replicas));
    }

    /// A number that an annotation remembers; `other` when it does not.
    static int remembered(ReplicaSet set, String annotation, int other) {
        var text = set.metadata().annotations().get(annotation);
        return text == null ? other : (int) number(text);
    }

    private static ReplicaSet annotated(ReplicaSet set, Map<String, String> annotations) {
        var metadata = Edit.with(set.metadata(), ObjectMeta::annotations, Map.copyOf(annotations));
        return Edit.with(set, ReplicaSet::metadata, metadata);
    }

    private static Map<String, String> copied(Deployment deployment) {
        var copied = new HashMap<>(deployment.metadata().annotations());
        copied.keySet().removeAll(NOT_COPIED);
        return copied;
    }

    private static String append(String history, String revision) {
        var all = history.isEmpty() ? revision : history + "," + revision;
        while (all.length() > HISTORY_LENGTH_MAX && all.indexOf(',') >= 0) {
            all = all.substring(all.indexOf(',') + 1);
        }
        return all;
    }

    private static long number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

package io.coxswain.api.apps;

import io.coxswain.api.apps.ReplicaSet.ReplicaSetSpec;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.core.pods.TemplateValidation;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Values;
import java.util.Objects;

/// The defaults and rules of ReplicaSets.
final class ReplicaSetRules {

    private ReplicaSetRules() {}

    static ReplicaSet withDefaults(ReplicaSet set) {
        var spec = set.spec();
        return Edit.with(
                set,
                ReplicaSet::spec,
                Edit.of(spec)
                        .set(
                                ReplicaSetSpec::replicas,
                                Objects.requireNonNullElse(spec.replicas(), 1))
                        .set(ReplicaSetSpec::template, PodDefaults.template(spec.template()))
                        .done());
    }

    static void check(ReplicaSet set, FieldErrors all) {
        var spec = set.spec();
        var errors = all.at("spec");
        Values.nonNegative(spec.replicas(), errors.at("replicas"));
        Values.nonNegative(spec.minReadySeconds(), errors.at("minReadySeconds"));
        TemplateValidation.forPodsThatStay(spec.selector(), spec.template(), "ReplicaSet", errors);
    }

    static void update(ReplicaSet old, ReplicaSet updated, FieldErrors errors) {
        Values.immutable(
                old.spec().selector(), updated.spec().selector(), errors.at("spec").at("selector"));
    }

    static void status(ReplicaSet old, ReplicaSet updated, FieldErrors all) {
        var status = updated.status();
        var errors = all.at("status");
        Values.nonNegative(status.replicas(), errors.at("replicas"));
        Values.nonNegative(status.fullyLabeledReplicas(), errors.at("fullyLabeledReplicas"));
        Values.nonNegative(status.readyReplicas(), errors.at("readyReplicas"));
        Values.nonNegative(status.availableReplicas(), errors.at("availableReplicas"));
        Values.nonNegative(status.terminatingReplicas(), errors.at("terminatingReplicas"));
        Values.nonNegative(status.observedGeneration(), errors.at("observedGeneration"));
        var counts = new ReplicaCounts(status.replicas(), errors);
        counts.within(status.fullyLabeledReplicas(), "fullyLabeledReplicas");
        counts.within(status.readyReplicas(), "readyReplicas");
        counts.within(status.availableReplicas(), "availableReplicas");
        counts.availableIfReady(status.availableReplicas(), status.readyReplicas());
    }
}

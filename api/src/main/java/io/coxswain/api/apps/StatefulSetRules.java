package io.coxswain.api.apps;

import io.coxswain.api.apps.StatefulSet.RollingUpdateStatefulSetStrategy;
import io.coxswain.api.apps.StatefulSet.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.coxswain.api.apps.StatefulSet.StatefulSetSpec;
import io.coxswain.api.apps.StatefulSet.StatefulSetUpdateStrategy;
import io.coxswain.api.core.pods.ClaimValidation;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.core.pods.TemplateValidation;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of StatefulSets.
final class StatefulSetRules {

    private static final List<String> RETENTION = List.of("Retain", "Delete");
    private static final int REVISIONS = 10;

    private StatefulSetRules() {}

    static StatefulSet withDefaults(StatefulSet set) {
        var spec = set.spec();
        var policy = spec.podManagementPolicy();
        return Edit.with(
                set,
                StatefulSet::spec,
                Edit.of(spec)
                        .set(
                                StatefulSetSpec::podManagementPolicy,
                                policy.isEmpty() ? "OrderedReady" : policy)
                        .set(StatefulSetSpec::updateStrategy, strategy(spec.updateStrategy()))
                        .set(
                                StatefulSetSpec::persistentVolumeClaimRetentionPolicy,
                                retention(spec.persistentVolumeClaimRetentionPolicy()))
                        .set(
                                StatefulSetSpec::replicas,
                                Objects.requireNonNullElse(spec.replicas(), 1))
                        .set(
                                StatefulSetSpec::revisionHistoryLimit,
                                Objects.requireNonNullElse(spec.revisionHistoryLimit(), REVISIONS))
                        .set(StatefulSetSpec::template, PodDefaults.template(spec.template()))
                        .set(
                                StatefulSetSpec::volumeClaimTemplates,
                                spec.volumeClaimTemplates().stream()
                                        .map(ClaimValidation::withDefaults)
                                        .toList())
                        .done());
    }

    static void create(StatefulSet set, FieldErrors errors) {
        updated(set, errors);
        var service = set.spec().serviceName();
        if (!service.isEmpty()) {
            errors.at("spec").at("serviceName").invalid(service, Names.label(service));
        }
    }

    static void updated(StatefulSet set, FieldErrors all) {
        var spec = set.spec();
        var errors = all.at("spec");
        var policy = spec.podManagementPolicy();
        if (policy.isEmpty()) {
            errors.at("podManagementPolicy").required("");
        } else if (!policy.equals("OrderedReady") && !policy.equals("Parallel")) {
            errors.at("podManagementPolicy")
                    .invalid(policy, "must be 'OrderedReady' or 'Parallel'");
        }
        strategy(spec.updateStrategy(), errors.at("updateStrategy"));
        var retention = spec.persistentVolumeClaimRetentionPolicy();
        if (retention != null) {
            var at = errors.at("persistentVolumeClaimRetentionPolicy");
            Values.oneOf(retention.whenDeleted(), RETENTION, at.at("whenDeleted"));
            Values.oneOf(retention.whenScaled(), RETENTION, at.at("whenScaled"));
        }
        Values.nonNegative(spec.replicas(), errors.at("replicas"));
        Values.nonNegative(spec.minReadySeconds(), errors.at("minReadySeconds"));
        Values.nonNegative(spec.revisionHistoryLimit(), errors.at("revisionHistoryLimit"));
        if (spec.ordinals() != null) {
            Values.nonNegative(spec.ordinals().start(), errors.at("ordinals").at("start"));
        }
        TemplateValidation.forPodsThatStay(spec.selector(), spec.template(), "StatefulSet", errors);
    }

    static void update(StatefulSet old, StatefulSet updated, FieldErrors errors) {
        var before = old.spec();
        var changed =
                Edit.of(updated.spec())
                        .set(StatefulSetSpec::replicas, before.replicas())
                        .set(StatefulSetSpec::ordinals, before.ordinals())
                        .set(StatefulSetSpec::template, before.template())
                        .set(StatefulSetSpec::updateStrategy, before.updateStrategy())
                        .set(StatefulSetSpec::revisionHistoryLimit, before.revisionHistoryLimit())
                        .set(
                                StatefulSetSpec::persistentVolumeClaimRetentionPolicy,
                                before.persistentVolumeClaimRetentionPolicy())
                        .set(StatefulSetSpec::minReadySeconds, before.minReadySeconds())
                        .done();
        if (!changed.equals(before)) {
            errors.at("spec")
                    .forbidden(
                            "updates to statefulset spec for fields other than 'replicas',"
                                    + " 'ordinals', 'template', 'updateStrategy',"
                                    + " 'revisionHistoryLimit',"
                                    + " 'persistentVolumeClaimRetentionPolicy' and"
                                    + " 'minReadySeconds' are forbidden");
        }
    }

    static void status(StatefulSet old, StatefulSet updated, FieldErrors all) {
        var status = updated.status();
        var errors = all.at("status");
        Values.nonNegative(status.replicas(), errors.at("replicas"));
        Values.nonNegative(status.readyReplicas(), errors.at("readyReplicas"));
        Values.nonNegative(status.currentReplicas(), errors.at("currentReplicas"));
        Values.nonNegative(status.updatedReplicas(), errors.at("updatedReplicas"));
        Values.nonNegative(status.availableReplicas(), errors.at("availableReplicas"));
        Values.nonNegative(status.observedGeneration(), errors.at("observedGeneration"));
        ReplicaCounts.neverDecremented(
                old.status().collisionCount(),
                status.collisionCount(),
                errors.at("collisionCount"));
        var counts = new ReplicaCounts(status.replicas(), errors);
        counts.within(status.readyReplicas(), "readyReplicas");
        counts.within(status.currentReplicas(), "currentReplicas");
        counts.within(status.updatedReplicas(), "updatedReplicas");
        counts.within(status.availableReplicas(), "availableReplicas");
        counts.availableIfReady(status.availableReplicas(), status.readyReplicas());
    }

    private static StatefulSetUpdateStrategy strategy(StatefulSetUpdateStrategy strategy) {
        var type = strategy.type().isEmpty() ? "RollingUpdate" : strategy.type();
        if (!type.equals("RollingUpdate")) {
            return strategy;
        }
        var rolling = strategy.rollingUpdate();
        var partition = rolling == null ? null : rolling.partition();
        return new StatefulSetUpdateStrategy(
                type,
                new RollingUpdateStatefulSetStrategy(
                        Objects.requireNonNullElse(partition, 0),
                        rolling == null ? null : rolling.maxUnavailable()));
    }

    private static StatefulSetPersistentVolumeClaimRetentionPolicy retention(
            @Nullable StatefulSetPersistentVolumeClaimRetentionPolicy policy) {
        var deleted = policy == null ? "" : policy.whenDeleted();
        var scaled = policy == null ? "" : policy.whenScaled();
        return new StatefulSetPersistentVolumeClaimRetentionPolicy(
                deleted.isEmpty() ? "Retain" : deleted, scaled.isEmpty() ? "Retain" : scaled);
    }

    private static void strategy(StatefulSetUpdateStrategy strategy, FieldErrors errors) {
        switch (strategy.type()) {
            case "" -> errors.required("");
            case "OnDelete" -> {
                if (strategy.rollingUpdate() != null) {
                    errors.at("rollingUpdate")
                            .invalid(
                                    strategy.rollingUpdate(),
                                    "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> rolling(strategy.rollingUpdate(), errors.at("rollingUpdate"));
            default -> errors.invalid(strategy, "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static void rolling(
            @Nullable RollingUpdateStatefulSetStrategy rolling, FieldErrors errors) {
        if (rolling == null) {
            return;
        }
        Values.nonNegative(rolling.partition(), errors.at("partition"));
        var unavailable = rolling.maxUnavailable();
        if (unavailable == null) {
            return;
        }
        Values.part(unavailable, errors.at("maxUnavailable"));
        if (Values.countOrPercent(unavailable) == 0) {
            errors.at("maxUnavailable").invalid(unavailable, "cannot be 0");
        }
    }
}

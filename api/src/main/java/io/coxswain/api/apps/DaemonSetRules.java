package io.coxswain.api.apps;

import io.coxswain.api.apps.DaemonSet.DaemonSetSpec;
import io.coxswain.api.apps.DaemonSet.DaemonSetUpdateStrategy;
import io.coxswain.api.apps.DaemonSet.RollingUpdateDaemonSet;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.core.pods.TemplateValidation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.validation.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of DaemonSets.
final class DaemonSetRules {

    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";
    private static final int REVISIONS = 10;

    private DaemonSetRules() {}

    static DaemonSet withDefaults(DaemonSet set) {
        var spec = set.spec();
        var counted =
                set.metadata().annotations().containsKey(TEMPLATE_GENERATION)
                        ? set
                        : withTemplateGeneration(set, 0);
        return Edit.with(
                counted,
                DaemonSet::spec,
                Edit.of(spec)
                        .set(DaemonSetSpec::updateStrategy, strategy(spec.updateStrategy()))
                        .set(
                                DaemonSetSpec::revisionHistoryLimit,
                                Objects.requireNonNullElse(spec.revisionHistoryLimit(), REVISIONS))
                        .set(DaemonSetSpec::template, PodDefaults.template(spec.template()))
                        .done());
    }

    /// An annotation counts the changes of the template, as a field did before v1.
    static DaemonSet countTemplates(DaemonSet old, DaemonSet updated) {
        var text = old.metadata().annotations().getOrDefault(TEMPLATE_GENERATION, "1");
        var count = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 1;
        var same = old.spec().template().equals(updated.spec().template());
        return withTemplateGeneration(updated, same ? count : count + 1);
    }

    static DaemonSet withTemplateGeneration(DaemonSet set, long count) {
        var annotations = new LinkedHashMap<>(set.metadata().annotations());
        annotations.put(TEMPLATE_GENERATION, Long.toString(count));
        return Edit.with(
                set,
                DaemonSet::metadata,
                Edit.with(set.metadata(), ObjectMeta::annotations, annotations));
    }

    static void check(DaemonSet set, FieldErrors all) {
        var spec = set.spec();
        var errors = all.at("spec");
        TemplateValidation.forPodsThatStay(spec.selector(), spec.template(), "DaemonSet", errors);
        Values.nonNegative(spec.minReadySeconds(), errors.at("minReadySeconds"));
        strategy(spec.updateStrategy(), errors.at("updateStrategy"));
        Values.nonNegative(spec.revisionHistoryLimit(), errors.at("revisionHistoryLimit"));
    }

    static void update(DaemonSet old, DaemonSet updated, FieldErrors errors) {
        Values.immutable(
                old.spec().selector(), updated.spec().selector(), errors.at("spec").at("selector"));
    }

    static void status(DaemonSet old, DaemonSet updated, FieldErrors all) {
        var status = updated.status();
        var errors = all.at("status");
        Values.nonNegative(status.currentNumberScheduled(), errors.at("currentNumberScheduled"));
        Values.nonNegative(status.numberMisscheduled(), errors.at("numberMisscheduled"));
        Values.nonNegative(status.desiredNumberScheduled(), errors.at("desiredNumberScheduled"));
        Values.nonNegative(status.numberReady(), errors.at("numberReady"));
        Values.nonNegative(status.observedGeneration(), errors.at("observedGeneration"));
        Values.nonNegative(status.updatedNumberScheduled(), errors.at("updatedNumberScheduled"));
        Values.nonNegative(status.numberAvailable(), errors.at("numberAvailable"));
        Values.nonNegative(status.numberUnavailable(), errors.at("numberUnavailable"));
        ReplicaCounts.neverDecremented(
                old.status().collisionCount(),
                status.collisionCount(),
                errors.at("collisionCount"));
    }

    private static DaemonSetUpdateStrategy strategy(DaemonSetUpdateStrategy strategy) {
        var type = strategy.type().isEmpty() ? "RollingUpdate" : strategy.type();
        if (!type.equals("RollingUpdate")) {
            return strategy;
        }
        var rolling = strategy.rollingUpdate();
        var unavailable = rolling == null ? null : rolling.maxUnavailable();
        var surge = rolling == null ? null : rolling.maxSurge();
        return new DaemonSetUpdateStrategy(
                type,
                new RollingUpdateDaemonSet(
                        Objects.requireNonNullElse(unavailable, IntOrString.of(1)),
                        Objects.requireNonNullElse(surge, IntOrString.of(0))));
    }

    private static void strategy(DaemonSetUpdateStrategy strategy, FieldErrors errors) {
        switch (strategy.type()) {
            case "OnDelete" -> {}
            case "RollingUpdate" -> rolling(strategy.rollingUpdate(), errors.at("rollingUpdate"));
            default -> errors.notSupported(strategy, List.of("RollingUpdate", "OnDelete"));
        }
    }

    private static void rolling(@Nullable RollingUpdateDaemonSet rolling, FieldErrors errors) {
        if (rolling == null) {
            errors.required("");
            return;
        }
        var unavailable = rolling.maxUnavailable();
        var surge = rolling.maxSurge();
        Values.part(unavailable, errors.at("maxUnavailable"));
        Values.part(surge, errors.at("maxSurge"));
        var hasUnavailable = Values.countOrPercent(unavailable) != 0;
        var hasSurge = Values.countOrPercent(surge) != 0;
        if (hasUnavailable && hasSurge) {
            errors.at("maxSurge").invalid(surge, "may not be set when maxUnavailable is non-zero");
        }
        if (!hasUnavailable && !hasSurge) {
            errors.at("maxUnavailable").required("cannot be 0 when maxSurge is 0");
        }
    }
}

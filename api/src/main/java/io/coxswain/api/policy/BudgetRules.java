package io.coxswain.api.policy;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Selectors;
import io.coxswain.api.validation.Values;
import java.util.List;

/// The rules of PodDisruptionBudgets.
final class BudgetRules {

    private BudgetRules() {}

    static void check(PodDisruptionBudget budget, FieldErrors all) {
        var spec = budget.spec();
        var errors = all.at("spec");
        if (spec.minAvailable() != null && spec.maxUnavailable() != null) {
            errors.invalid(spec, "minAvailable and maxUnavailable cannot be both set");
        }
        Values.part(spec.minAvailable(), errors.at("minAvailable"));
        Values.part(spec.maxUnavailable(), errors.at("maxUnavailable"));
        Selectors.check(spec.selector(), errors.at("selector"));
        if (spec.unhealthyPodEvictionPolicy() != null) {
            Values.oneOf(
                    spec.unhealthyPodEvictionPolicy(),
                    List.of("AlwaysAllow", "IfHealthyBudget"),
                    errors.at("unhealthyPodEvictionPolicy"));
        }
    }

    static void status(PodDisruptionBudget old, PodDisruptionBudget updated, FieldErrors errors) {
        var status = updated.status();
        var at = errors.at("status");
        Values.nonNegative(status.disruptionsAllowed(), at.at("disruptionsAllowed"));
        Values.nonNegative(status.currentHealthy(), at.at("currentHealthy"));
        Values.nonNegative(status.desiredHealthy(), at.at("desiredHealthy"));
        Values.nonNegative(status.expectedPods(), at.at("expectedPods"));
    }
}

package io.coxswain.api.core.pods;

import io.coxswain.api.core.PodSpec.TopologySpreadConstraint;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Selectors;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of topology spread constraints.
final class SpreadValidation {

    private static final List<String> ACTIONS = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final List<String> POLICIES = List.of("Honor", "Ignore");

    private SpreadValidation() {}

    static void check(List<TopologySpreadConstraint> constraints, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < constraints.size(); i++) {
            var constraint = constraints.get(i);
            check(constraint, errors.at(i));
            var pair = "{" + constraint.topologyKey() + ", " + constraint.whenUnsatisfiable() + "}";
            if (!seen.add(pair)) {
                errors.at(i).at("{topologyKey, whenUnsatisfiable}").duplicate(pair);
            }
        }
    }

    private static void check(TopologySpreadConstraint constraint, FieldErrors errors) {
        if (constraint.maxSkew() <= 0) {
            errors.at("maxSkew").invalid(constraint.maxSkew(), "must be greater than zero");
        }
        if (constraint.topologyKey().isEmpty()) {
            errors.at("topologyKey").required("can not be empty");
        } else {
            errors.at("topologyKey")
                    .invalid(constraint.topologyKey(), Names.qualified(constraint.topologyKey()));
        }
        Values.oneOf(constraint.whenUnsatisfiable(), ACTIONS, errors.at("whenUnsatisfiable"));
        minDomains(constraint, errors.at("minDomains"));
        policy(constraint.nodeAffinityPolicy(), errors.at("nodeAffinityPolicy"));
        policy(constraint.nodeTaintsPolicy(), errors.at("nodeTaintsPolicy"));
        AffinityValidation.labelKeys(
                constraint.matchLabelKeys(),
                constraint.labelSelector(),
                errors.at("matchLabelKeys"));
        Selectors.check(constraint.labelSelector(), errors.at("labelSelector"));
    }

    private static void minDomains(TopologySpreadConstraint constraint, FieldErrors errors) {
        var domains = constraint.minDomains();
        if (domains == null) {
            return;
        }
        Values.positive(domains, errors);
        if (!constraint.whenUnsatisfiable().equals("DoNotSchedule")) {
            errors.invalid(
                    domains,
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                            + constraint.whenUnsatisfiable());
        }
    }

    private static void policy(@Nullable String policy, FieldErrors errors) {
        if (policy != null) {
            Values.oneOf(policy, POLICIES, errors);
        }
    }
}

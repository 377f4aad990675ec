package io.coxswain.api.scheduling;

import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The defaults and rules of PriorityClasses.
final class PriorityClassRules {

    private static final int HIGHEST = 1_000_000_000;

    private static final Map<String, Integer> SYSTEM =
            Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

    private PriorityClassRules() {}

    static PriorityClass withDefaults(PriorityClass kind) {
        return Edit.with(
                kind,
                PriorityClass::preemptionPolicy,
                Objects.requireNonNullElse(kind.preemptionPolicy(), "PreemptLowerPriority"));
    }

    static void check(PriorityClass kind, FieldErrors errors) {
        if (kind.name().startsWith("system-")) {
            var known = SYSTEM.get(kind.name());
            if (known == null || known != kind.value()) {
                errors.at("metadata")
                        .at("name")
                        .forbidden(
                                "priority class names with 'system-' prefix are reserved for system"
                                        + " use only. error: "
                                        + kind.name()
                                        + " is not a known system priority class");
            }
        } else if (kind.value() > HIGHEST) {
            errors.at("value")
                    .forbidden("maximum allowed value of a user defined priority is " + HIGHEST);
        }
        if (kind.preemptionPolicy() != null) {
            Values.requiredOneOf(
                    kind.preemptionPolicy(),
                    List.of("PreemptLowerPriority", "Never"),
                    errors.at("preemptionPolicy"));
        }
    }

    static void update(PriorityClass old, PriorityClass updated, FieldErrors errors) {
        if (old.value() != updated.value()) {
            errors.at("value").forbidden("may not be changed in an update.");
        }
        Values.immutable(
                old.preemptionPolicy(), updated.preemptionPolicy(), errors.at("preemptionPolicy"));
    }
}

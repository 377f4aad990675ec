package io.coxswain.api.core.pods;

import io.coxswain.api.core.Toleration;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import java.util.List;
import java.util.Objects;

/// The rules of tolerations, and of what an update may do to them.
public final class TolerationValidation {

    public static final List<String> EFFECTS =
            List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private TolerationValidation() {}

    public static void check(List<Toleration> tolerations, FieldErrors errors) {
        for (var i = 0; i < tolerations.size(); i++) {
            check(tolerations.get(i), errors.at(i));
        }
    }

    /// Only additions, and other seconds for a toleration that is there.
    static void onlyAdded(List<Toleration> old, List<Toleration> updated, FieldErrors errors) {
        for (var toleration : old) {
            if (updated.stream().noneMatch(other -> same(toleration, other))) {
                errors.forbidden(
                        "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static boolean same(Toleration a, Toleration b) {
        return a.key().equals(b.key())
                && a.operator().equals(b.operator())
                && a.value().equals(b.value())
                && a.effect().equals(b.effect());
    }

    private static void check(Toleration toleration, FieldErrors errors) {
        var key = toleration.key();
        var operator = toleration.operator();
        if (!key.isEmpty()) {
            errors.at("key").invalid(key, Names.qualified(key));
        } else if (!operator.equals("Exists")) {
            errors.at("operator")
                    .invalid(
                            operator,
                            "operator must be Exists when `key` is empty, which means \"match all"
                                    + " values and all keys\"");
        }
        if (toleration.tolerationSeconds() != null
                && !Objects.equals(toleration.effect(), "NoExecute")) {
            errors.at("effect")
                    .invalid(
                            toleration.effect(),
                            "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        switch (operator) {
            case "Equal", "" -> {
                var problems = Names.labelValue(toleration.value());
                if (!problems.isEmpty()) {
                    errors.at("operator").invalid(toleration.value(), String.join(";", problems));
                }
            }
            case "Exists" -> {
                if (!toleration.value().isEmpty()) {
                    errors.at("operator")
                            .invalid(
                                    toleration.value(),
                                    "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> errors.at("operator").notSupported(operator, List.of("Equal", "Exists"));
        }
        if (!toleration.effect().isEmpty() && !EFFECTS.contains(toleration.effect())) {
            errors.at("effect").notSupported(toleration.effect(), EFFECTS);
        }
    }
}

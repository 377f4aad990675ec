package io.coxswain.api.apiextensions;

import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionCondition;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionStatus;
import io.coxswain.api.schema.Edit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and sets the conditions of definitions.
public final class Conditions {

    public static final String NAMES_ACCEPTED = "NamesAccepted";
    public static final String ESTABLISHED = "Established";
    public static final String TERMINATING = "Terminating";
    public static final String NON_STRUCTURAL = "NonStructuralSchema";
    public static final String APPROVED = "KubernetesAPIApprovalPolicyConformant";

    private Conditions() {}

    public static @Nullable CustomResourceDefinitionCondition find(
            CustomResourceDefinition definition, String type) {
        return definition.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(null);
    }

    public static boolean isTrue(CustomResourceDefinition definition, String type) {
        var condition = find(definition, type);
        return condition != null && condition.status().equals("True");
    }

    /// The definition with the condition set; its time moves only when its status does.
    public static CustomResourceDefinition with(
            CustomResourceDefinition definition,
            CustomResourceDefinitionCondition wanted,
            Instant now) {
        var conditions = new ArrayList<>(definition.status().conditions());
        for (var i = 0; i < conditions.size(); i++) {
            var old = conditions.get(i);
            if (old.type().equals(wanted.type())) {
                var same = old.status().equals(wanted.status());
                conditions.set(i, at(wanted, same ? old.lastTransitionTime() : now));
                return withAll(definition, conditions);
            }
        }
        conditions.add(at(wanted, now));
        return withAll(definition, conditions);
    }

    public static CustomResourceDefinitionCondition of(
            String type, boolean status, String reason, String message) {
        return new CustomResourceDefinitionCondition(
                type, status ? "True" : "False", null, reason, message, 0);
    }

    private static CustomResourceDefinitionCondition at(
            CustomResourceDefinitionCondition condition, @Nullable Instant time) {
        return Edit.with(condition, CustomResourceDefinitionCondition::lastTransitionTime, time);
    }

    private static CustomResourceDefinition withAll(
            CustomResourceDefinition definition,
            List<CustomResourceDefinitionCondition> conditions) {
        return Edit.with(
                definition,
                CustomResourceDefinition::status,
                Edit.with(
                        definition.status(),
                        CustomResourceDefinitionStatus::conditions,
                        conditions));
    }
}

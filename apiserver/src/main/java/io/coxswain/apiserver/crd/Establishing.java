package io.coxswain.apiserver.crd;

import io.coxswain.api.apiextensions.ApprovalRules;
import io.coxswain.api.apiextensions.Conditions;
import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionStatus;
import io.coxswain.api.schema.Edit;
import java.time.Instant;
import java.util.Collection;

/// Decides the status of a definition: its accepted names, whether it is established, whether it
/// may be in its group. A pure function.
final class Establishing {

    private Establishing() {}

    static CustomResourceDefinition decide(
            CustomResourceDefinition definition,
            Collection<CustomResourceDefinition> all,
            Instant now) {
        var result = NameConflicts.of(definition, all);
        var next =
                Edit.with(
                        definition,
                        CustomResourceDefinition::status,
                        Edit.with(
                                definition.status(),
                                CustomResourceDefinitionStatus::acceptedNames,
                                result.accepted()));
        next = Conditions.with(next, result.condition(), now);
        if (!Conditions.isTrue(next, Conditions.ESTABLISHED)) {
            next =
                    Conditions.with(
                            next,
                            Conditions.isTrue(next, Conditions.NAMES_ACCEPTED)
                                    ? Conditions.of(
                                            Conditions.ESTABLISHED,
                                            true,
                                            "InitialNamesAccepted",
                                            "the initial names have been accepted")
                                    : Conditions.of(
                                            Conditions.ESTABLISHED,
                                            false,
                                            "NotAccepted",
                                            "not all names are accepted"),
                            now);
        }
        return approved(next, now);
    }

    private static CustomResourceDefinition approved(
            CustomResourceDefinition definition, Instant now) {
        if (!ApprovalRules.protects(definition.spec().group())) {
            return definition;
        }
        var state = ApprovalRules.state(definition);
        var reason =
                switch (state) {
                    case INVALID -> "InvalidAnnotation";
                    case MISSING -> "MissingAnnotation";
                    case BYPASSED -> "UnapprovedAnnotation";
                    case APPROVED -> "ApprovedAnnotation";
                };
        var condition =
                Conditions.of(
                        Conditions.APPROVED,
                        state == ApprovalRules.State.APPROVED,
                        reason,
                        ApprovalRules.reason(definition));
        return Conditions.with(definition, condition, now);
    }
}

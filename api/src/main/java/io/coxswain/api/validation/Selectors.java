package io.coxswain.api.validation;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.LabelSelectorRequirement;
import io.coxswain.api.schema.FieldErrors;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of label selectors, and whether labels match one.
public final class Selectors {

    private Selectors() {}

    public static void check(@Nullable LabelSelector selector, FieldErrors errors) {
        if (selector == null) {
            return;
        }
        MetadataRules.labels(selector.matchLabels(), errors.at("matchLabels"));
        var at = errors.at("matchExpressions");
        for (var i = 0; i < selector.matchExpressions().size(); i++) {
            check(selector.matchExpressions().get(i), at.at(i));
        }
    }

    public static boolean isEmpty(@Nullable LabelSelector selector) {
        return selector == null
                || (selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty());
    }

    /// Whether the labels satisfy every requirement; the empty selector matches everything.
    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.matchLabels().entrySet())
                && selector.matchExpressions().stream().allMatch(r -> matches(r, labels));
    }

    private static boolean matches(LabelSelectorRequirement rule, Map<String, String> labels) {
        var value = labels.get(rule.key());
        return switch (rule.operator()) {
            case "In" -> value != null && rule.values().contains(value);
            case "NotIn" -> value == null || !rule.values().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }

    private static void check(LabelSelectorRequirement rule, FieldErrors errors) {
        switch (rule.operator()) {
            case "In", "NotIn" -> {
                if (rule.values().isEmpty()) {
                    errors.at("values")
                            .required("must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!rule.values().isEmpty()) {
                    errors.at("values")
                            .forbidden(
                                    "may not be specified when `operator` is 'Exists' or"
                                            + " 'DoesNotExist'");
                }
            }
            default ->
                    errors.at("operator").invalid(rule.operator(), "not a valid selector operator");
        }
        errors.at("key").invalid(rule.key(), Names.qualified(rule.key()));
        for (var i = 0; i < rule.values().size(); i++) {
            var value = rule.values().get(i);
            errors.at("values").at(i).invalid(value, Names.labelValue(value));
        }
    }
}

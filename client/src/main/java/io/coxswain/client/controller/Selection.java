package io.coxswain.client.controller;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.LabelSelectorRequirement;
import java.util.Map;

/// A label selector that is ready to be matched. An empty selector matches everything, none
/// nothing.
public record Selection(LabelSelector selector) {

    public static Selection of(LabelSelector selector) {
        return new Selection(selector);
    }

    public boolean matches(Map<String, String> labels) {
        for (var wanted : selector.matchLabels().entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (var requirement : selector.matchExpressions()) {
            if (!fulfils(labels, requirement)) {
                return false;
            }
        }
        return true;
    }

    public boolean empty() {
        return selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty();
    }

    private static boolean fulfils(Map<String, String> labels, LabelSelectorRequirement wanted) {
        var value = labels.get(wanted.key());
        return switch (wanted.operator()) {
            case "In" -> value != null && wanted.values().contains(value);
            case "NotIn" -> value == null || !wanted.values().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}

package io.coxswain.api.selector;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.LabelSelectorRequirement;
import io.coxswain.api.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A label selector ready to be matched: all its requirements must hold.
///
/// @param nothing whether it matches no object at all, as a missing `LabelSelector` does
public record LabelSelectors(List<Requirement> requirements, boolean nothing) {

    public static final LabelSelectors EVERYTHING = new LabelSelectors(List.of(), false);
    public static final LabelSelectors NOTHING = new LabelSelectors(List.of(), true);

    /// Reads `a=b,c in (x,y),!d`; throws [IllegalArgumentException] with upstream's words.
    public static LabelSelectors parse(String text) {
        var requirements = new LabelParser(text).requirements();
        requirements.sort(Comparator.comparing(Requirement::key));
        return new LabelSelectors(List.copyOf(requirements), false);
    }

    /// The selector of an object: null selects nothing, the empty one everything.
    /// Throws [IllegalArgumentException] for an operator or a value that cannot be.
    public static LabelSelectors of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return NOTHING;
        }
        if (selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty()) {
            return EVERYTHING;
        }
        var requirements = new ArrayList<Requirement>();
        new TreeMap<>(selector.matchLabels())
                .forEach((key, value) -> requirements.add(LabelRules.equal(key, value)));
        for (var expression : selector.matchExpressions()) {
            requirements.add(of(expression));
        }
        requirements.sort(Comparator.comparing(Requirement::key));
        return new LabelSelectors(List.copyOf(requirements), false);
    }

    /// Exactly these labels, for example a Service's selector. Not checked.
    public static LabelSelectors of(Map<String, String> labels) {
        return new LabelSelectors(
                new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(e ->
                                        new Requirement(
                                                e.getKey(),
                                                Operator.EQUALS,
                                                new TreeSet<>(List.of(e.getValue()))))
                                .toList(),
                false);
    }

    private static Requirement of(LabelSelectorRequirement expression) {
        var operator =
                switch (expression.operator()) {
                    case "In" -> Operator.IN;
                    case "NotIn" -> Operator.NOT_IN;
                    case "Exists" -> Operator.EXISTS;
                    case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
                    default ->
                            throw new IllegalArgumentException(
                                    "\""
                                            + expression.operator()
                                            + "\" is not a valid label selector operator");
                };
        return LabelRules.requirement(expression.key(), operator, expression.values());
    }

    public boolean matches(Map<String, String> labels) {
        if (nothing) {
            return false;
        }
        for (var requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    public boolean everything() {
        return !nothing && requirements.isEmpty();
    }

    /// The text form, as clients send it.
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }
}

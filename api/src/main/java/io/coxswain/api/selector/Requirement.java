package io.coxswain.api.selector;

import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// One condition of a label selector.
///
/// @param values sorted
public record Requirement(String key, Operator operator, SequencedSet<String> values) {

    /// The operators with their spelling in text.
    public enum Operator {
        IN("in"),
        NOT_IN("notin"),
        EQUALS("="),
        DOUBLE_EQUALS("=="),
        NOT_EQUALS("!="),
        GREATER_THAN("gt"),
        LESS_THAN("lt"),
        EXISTS("exists"),
        DOES_NOT_EXIST("!");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public boolean matches(Map<String, String> labels) {
        var value = labels.get(key);
        return switch (operator) {
            case IN, EQUALS, DOUBLE_EQUALS -> value != null && values.contains(value);
            case NOT_IN, NOT_EQUALS -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            case GREATER_THAN -> value != null && compare(value) > 0;
            case LESS_THAN -> value != null && compare(value) < 0;
        };
    }

    /// Compares a label with the number; 0 when the label is none.
    private int compare(String value) {
        try {
            return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public String toString() {
        var list = List.copyOf(values);
        return switch (operator) {
            case IN -> key + " in (" + String.join(",", list) + ")";
            case NOT_IN -> key + " notin (" + String.join(",", list) + ")";
            case EQUALS -> key + "=" + list.getFirst();
            case DOUBLE_EQUALS -> key + "==" + list.getFirst();
            case NOT_EQUALS -> key + "!=" + list.getFirst();
            case GREATER_THAN -> key + ">" + list.getFirst();
            case LESS_THAN -> key + "<" + list.getFirst();
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
        };
    }
}

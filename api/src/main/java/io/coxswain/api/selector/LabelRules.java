package io.coxswain.api.selector;

import io.coxswain.api.selector.Requirement.Operator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What keys and values of label selectors may look like.
final class LabelRules {

    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String NAME_FORM =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start"
                    + " and end with an"
                    + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc'";
    private static final String VALUE_FORM =
            "a valid label must be an empty string or consist of alphanumeric"
                    + " characters, '-', '_' or"
                    + " '.', and must start and end with an alphanumeric character (e.g."
                    + " 'MyValue',  or"
                    + " 'my_value',  or '12345', regex used for validation is"
                    + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private static final String PREFIX_FORM =
            "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                    + " characters, '-' or '.', and must start and end with an"
                    + " alphanumeric character"
                    + " (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private LabelRules() {}

    static Requirement equal(String key, String value) {
        return requirement(key, Operator.EQUALS, List.of(value));
    }

    /// A checked requirement; throws [IllegalArgumentException] with everything wrong about it.
    static Requirement requirement(String key, Operator operator, Collection<String> values) {
        var errors = new ArrayList<String>();
        var wrongKey = keyError(key, "key");
        if (!wrongKey.isEmpty()) {
            errors.add(wrongKey);
        }
        var count = countError(operator, values);
        if (!count.isEmpty()) {
            errors.add("values: Invalid value: " + list(values) + ": " + count);
        }
        var sorted = new TreeSet<>(values);
        var index = 0;
        for (var value : values) {
            numberError(operator, value, index, errors);
            valueError(key, value, index++, errors);
        }
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(
                    errors.size() == 1 ? errors.getFirst() : "[" + String.join(", ", errors) + "]");
        }
        return new Requirement(key, operator, sorted);
    }

    private static String countError(Operator operator, Collection<String> values) {
        return switch (operator) {
            case IN, NOT_IN ->
                    values.isEmpty()
                            ? "for 'in', 'notin' operators, values set can't be empty"
                            : "";
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS ->
                    values.size() == 1 ? "" : "exact-match compatibility requires one single value";
            case EXISTS, DOES_NOT_EXIST ->
                    values.isEmpty()
                            ? ""
                            : "values set must be empty for exists and does not exist";
            case GREATER_THAN, LESS_THAN ->
                    values.size() == 1
                            ? ""
                            : "for 'Gt', 'Lt' operators, exactly one value is required";
        };
    }

    private static void numberError(
            Operator operator, String value, int index, List<String> errors) {
        if ((operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN)
                && !value.matches("[+-]?[0-9]{1,18}")) {
            errors.add(
                    "values["
                            + index
                            + "]: Invalid value: \""
                            + value
                            + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
    }

    private static void valueError(String key, String value, int index, List<String> errors) {
        var wrong = new ArrayList<String>();
        if (value.getBytes(StandardCharsets.UTF_8).length > 63) {
            wrong.add("must be no more than 63 bytes");
        }
        if (!value.isEmpty() && !NAME.matcher(value).matches()) {
            wrong.add(VALUE_FORM);
        }
        if (!wrong.isEmpty()) {
            errors.add(
                    "values[%d][%s]: Invalid value: \"%s\": %s"
                            .formatted(index, key, value, String.join("; ", wrong)));
        }
    }

    /// What is wrong with a label key, as the error of the field at `path`, or `""`.
    static String keyError(String key, String path) {
        var wrong = keyErrors(key);
        return wrong.isEmpty()
                ? ""
                : path + ": Invalid value: \"" + key + "\": " + String.join("; ", wrong);
    }

    private static List<String> keyErrors(String key) {
        var wrong = new ArrayList<String>();
        var parts = key.split("/", -1);
        if (parts.length > 2) {
            wrong.add(
                    "a qualified name "
                            + NAME_FORM
                            + ", regex used for validation is '"
                            + NAME.pattern()
                            + "') with an optional DNS subdomain prefix and '/' (e.g."
                            + " 'example.com/MyName')");
            return wrong;
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                wrong.add("prefix part must be non-empty");
            } else if (parts[0].length() > 253) {
                wrong.add("prefix part must be no more than 253 bytes");
            } else if (!SUBDOMAIN.matcher(parts[0]).matches()) {
                wrong.add(PREFIX_FORM);
            }
        }
        var name = parts[parts.length - 1];
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        } else if (name.length() > 63) {
            wrong.add("name part must be no more than 63 bytes");
        }
        if (!NAME.matcher(name).matches()) {
            wrong.add(
                    "name part "
                            + NAME_FORM
                            + ", regex used for validation is '"
                            + NAME.pattern()
                            + "')");
        }
        return wrong;
    }

    private static String list(Collection<String> values) {
        return values.stream()
                .map(v -> "\"" + v + "\"")
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }
}

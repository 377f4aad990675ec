package io.coxswain.api.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A field selector: `status.phase!=Running,spec.nodeName=n1`. All terms must hold.
public record FieldSelectors(List<Term> terms) {

    public static final FieldSelectors EVERYTHING = new FieldSelectors(List.of());

    /// One condition: the field has the value, or has it not.
    public record Term(String field, String value, boolean equal) {

        @Override
        public String toString() {
            return field + (equal ? "=" : "!=") + escape(value);
        }
    }

    /// Reads a selector; throws [IllegalArgumentException] with upstream's words.
    public static FieldSelectors parse(String text) {
        var terms = new ArrayList<Term>();
        for (var part : split(text)) {
            if (!part.isEmpty()) {
                terms.add(term(text, part));
            }
        }
        return new FieldSelectors(List.copyOf(terms));
    }

    /// The selector for one field with one value.
    public static FieldSelectors equal(String field, String value) {
        return new FieldSelectors(List.of(new Term(field, value, true)));
    }

    private static Term term(String all, String part) {
        for (var i = 0; i < part.length(); i++) {
            for (var operator : List.of("!=", "==", "=")) {
                if (part.startsWith(operator, i)) {
                    var value = unescape(part.substring(i + operator.length()));
                    return new Term(part.substring(0, i), value, !operator.equals("!="));
                }
            }
        }
        throw new IllegalArgumentException(
                "invalid selector: '" + all + "'; can't understand '" + part + "'");
    }

    /// Splits at commas that no backslash escapes.
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        var start = 0;
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescape(String value) {
        var text = new StringBuilder();
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '\\') {
                i++;
                if (i >= value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    throw new IllegalArgumentException(
                            i >= value.length()
                                    ? "invalid field selector: value cannot end with a \"\\\""
                                    : "invalid field selector: unhandled escape sequence \"\\"
                                            + value.charAt(i)
                                            + "\"");
                }
                text.append(value.charAt(i));
            } else if (c == ',' || c == '=') {
                throw new IllegalArgumentException(
                        "invalid field selector: unescaped " + "\"" + c + "\" in value: " + value);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
    }

    /// The value that `field` must have, or null when no term says so.
    public @Nullable String required(String field) {
        for (var term : terms) {
            if (term.equal && term.field.equals(field)) {
                return term.value;
            }
        }
        return null;
    }

    /// A field that is missing from `fields` counts as empty.
    public boolean matches(Map<String, String> fields) {
        for (var term : terms) {
            if (term.value.equals(fields.getOrDefault(term.field, "")) != term.equal) {
                return false;
            }
        }
        return true;
    }

    public boolean everything() {
        return terms.isEmpty();
    }

    @Override
    public String toString() {
        return terms.stream().map(Term::toString).collect(Collectors.joining(","));
    }
}

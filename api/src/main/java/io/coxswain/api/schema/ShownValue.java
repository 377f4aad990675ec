package io.coxswain.api.schema;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the value that an error message quotes: JSON, with the capital field names that clients
/// know from upstream's internal types, and `null` for what is absent.
public final class ShownValue {

    private ShownValue() {}

    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> quote(text);
            case IntOrString.OfString(var text) -> quote(text);
            case IntOrString.OfInt(var number) -> Integer.toString(number);
            case Quantity quantity -> quote(quantity.text());
            case Json json -> new String(JsonWriter.canonical(json), StandardCharsets.UTF_8);
            case Instant time -> quote(time.toString());
            case Collection<?> items -> list(items);
            case Map<?, ?> map -> map(map);
            case byte[] bytes -> quote(Base64.getEncoder().encodeToString(bytes));
            case Record part -> fields(part);
            default -> value.toString();
        };
    }

    static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(character -> quoted.append(escaped(character)));
        return quoted.append('"').toString();
    }

    /// As Go's `%q` writes it.
    private static String escaped(int character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 7 -> "\\a";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 11 -> "\\v";
            default ->
                    character < ' ' || character == 0x7f
                            ? String.format("\\x%02x", character)
                            : Character.toString(character);
        };
    }

    private static String list(Collection<?> items) {
        return items.stream().map(ShownValue::of).collect(Collectors.joining(",", "[", "]"));
    }

    private static String map(Map<?, ?> map) {
        var sorted = new TreeMap<String, String>();
        map.forEach((key, item) -> sorted.put(key.toString(), of(item)));
        return sorted.entrySet().stream()
                .map(entry -> quote(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    @SuppressWarnings("unchecked")
    private static String fields(Record part) {
        var type = RecordType.of((Class<Record>) part.getClass());
        // The types that upstream shares between its versions keep their names of JSON.
        var shared = part.getClass().getPackageName().endsWith(".meta");
        return type.components().stream()
                .filter(field -> !shared || !isEmpty(field.get(part)))
                .map(field ->
                        quote(shared ? field.json() : capital(field.name()))
                                + ":"
                                + field(field.get(part)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String field(@Nullable Object value) {
        return noItems(value) ? "null" : of(value);
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || value.equals("") || noItems(value);
    }

    private static boolean noItems(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Collection<?> items -> items.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}

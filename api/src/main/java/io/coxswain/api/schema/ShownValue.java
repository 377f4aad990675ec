package io.coxswain.api.schema;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonBuffer;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.RecordType.Component;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the value that an error message quotes: JSON, with the capital field names that clients
/// know from upstream's internal types, and `null` for what is absent.
public final class ShownValue {

    private static final String METADATA = "metadata";

    private ShownValue() {}

    public static String of(@Nullable Object value) {
        return value instanceof String text ? quote(text) : json(value);
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> text(text);
            case IntOrString.OfString(var text) -> text(text);
            case IntOrString.OfInt(var number) -> Integer.toString(number);
            case Quantity quantity -> text(quantity.text());
            case Json tree -> new String(JsonWriter.canonical(tree), StandardCharsets.UTF_8);
            case Instant time -> text(time.toString());
            case Collection<?> items -> list(items);
            case Map<?, ?> map -> map(map);
            case byte[] bytes -> text(Base64.getEncoder().encodeToString(bytes));
            case Record part when Sent.isAbsent(part) -> "null";
            case Record part -> "{" + String.join(",", fields(part)) + "}";
            default -> value.toString();
        };
    }

    /// As JSON, where only whole values are quoted as Go quotes text.
    private static String text(String text) {
        var quoted = new JsonBuffer(text.length() + 2).string(text).toBytes();
        return new String(quoted, StandardCharsets.UTF_8);
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
        return items.stream().map(ShownValue::json).collect(Collectors.joining(",", "[", "]"));
    }

    private static String map(Map<?, ?> map) {
        var sorted = new TreeMap<String, String>();
        map.forEach((key, item) -> sorted.put(key.toString(), json(item)));
        return sorted.entrySet().stream()
                .map(entry -> text(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> fields(Record part) {
        var type = RecordType.of((Class<Record>) part.getClass());
        // The types that upstream shares between its versions keep their names of JSON.
        var shared = part.getClass().getPackageName().endsWith(".meta");
        var all = new ArrayList<String>();
        for (var field : type.components()) {
            var value = field.get(part);
            if (shared) {
                if (field.has(Required.class) || !isEmpty(field, value)) {
                    all.add(text(field.json()) + ":" + field(value));
                }
            } else if (field.json().equals(METADATA) && value instanceof Record metadata) {
                all.addAll(fields(metadata)); // Embedded, so not a field of its own.
            } else {
                all.add(text(GoNames.of(field.name())) + ":" + field(value));
            }
        }
        return all;
    }

    private static String field(@Nullable Object value) {
        return noItems(value) ? "null" : json(value);
    }

    private static boolean isEmpty(Component field, @Nullable Object value) {
        if (value == null || value.equals("") || noItems(value)) {
            return true;
        }
        return field.raw().isPrimitive() && (value.equals(0L) || value.equals(0));
    }

    /// Whether Go holds nothing here. An empty list that a client sent is something.
    private static boolean noItems(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Collection<?> items -> items.isEmpty() && !Sent.isEmptyList(items);
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }
}

package io.coxswain.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header fields: names without regard to case, values in the order given. Immutable.
public final class Headers {

    public static final Headers EMPTY = new Headers(new String[0]);

    /// Name, value, name, value …; names in lower case. A request has about ten, so looking through
    /// them beats a map in time and space.
    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /// Headers from name, value, name, value …
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header without a value");
        }
        var fields = namesAndValues.clone();
        for (var i = 0; i < fields.length; i += 2) {
            fields[i] = fields[i].toLowerCase(Locale.ROOT);
        }
        return new Headers(fields);
    }

    /// The first value of `name`, or null.
    public @Nullable String first(String name) {
        for (var i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    public List<String> all(String name) {
        List<String> found = List.of();
        for (var i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                found = found.isEmpty() ? new ArrayList<>(2) : found;
                found.add(fields[i + 1]);
            }
        }
        return found.isEmpty() ? found : Collections.unmodifiableList(found);
    }

    /// Whether a comma-separated list such as `Connection` contains `token`, in any case.
    public boolean lists(String name, String token) {
        for (var value : all(name)) {
            for (var part : value.split(",")) {
                if (part.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// All fields by lower-case name, in name order.
    public Map<String, List<String>> asMap() {
        var map = new TreeMap<String, List<String>>();
        forEach((name, value) -> map.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
        return Collections.unmodifiableMap(map);
    }

    /// Every field in the order given, names in lower case.
    public void forEach(BiConsumer<String, String> action) {
        for (var i = 0; i < fields.length; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /// How many fields there are.
    public int size() {
        return fields.length / 2;
    }

    /// These headers and one more value of `name`.
    public Headers with(String name, String value) {
        var copy = Arrays.copyOf(fields, fields.length + 2);
        copy[fields.length] = name.toLowerCase(Locale.ROOT);
        copy[fields.length + 1] = value;
        return new Headers(copy);
    }

    /// These headers and those of `others`.
    public Headers withAll(Headers others) {
        var copy = Arrays.copyOf(fields, fields.length + others.fields.length);
        System.arraycopy(others.fields, 0, copy, fields.length, others.fields.length);
        return new Headers(copy);
    }

    public Headers without(String name) {
        var copy = new ArrayList<String>(fields.length);
        for (var i = 0; i < fields.length; i += 2) {
            if (!fields[i].equalsIgnoreCase(name)) {
                copy.add(fields[i]);
                copy.add(fields[i + 1]);
            }
        }
        return copy.size() == fields.length ? this : new Headers(copy.toArray(String[]::new));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && asMap().equals(headers.asMap());
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}

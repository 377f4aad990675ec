package io.coxswain.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Header fields: names without regard to case, values in the order given. Immutable.
public final class Headers {

    public static final Headers EMPTY = new Headers(Map.of());

    private final Map<String, List<String>> values;

    private Headers(Map<String, List<String>> values) {
        this.values = values;
    }

    /// Headers from name, value, name, value …
    public static Headers of(String... namesAndValues) {
        var headers = EMPTY;
        for (var i = 0; i < namesAndValues.length; i += 2) {
            headers = headers.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /// The first value of `name`, or null.
    public @Nullable String first(String name) {
        var all = values.get(name.toLowerCase(Locale.ROOT));
        return all == null ? null : all.getFirst();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /// All fields by lower-case name, in name order.
    public Map<String, List<String>> asMap() {
        return values;
    }

    /// These headers and one more value of `name`.
    public Headers with(String name, String value) {
        var copy = new TreeMap<>(values);
        var all = new ArrayList<>(all(name));
        all.add(value);
        copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(all));
        return new Headers(copy);
    }

    public Headers without(String name) {
        var copy = new TreeMap<>(values);
        copy.remove(name.toLowerCase(Locale.ROOT));
        return new Headers(copy);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}

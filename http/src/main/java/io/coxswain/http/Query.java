package io.coxswain.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The decoded parameters of a request's query string. Immutable.
public record Query(Map<String, List<String>> values) {

    public static final Query EMPTY = new Query(Map.of());

    /// Parses `a=1&b=2`; throws [IllegalArgumentException] for a malformed escape.
    public static Query parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return EMPTY;
        }
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : text.split("&")) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            values.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
        }
        return new Query(values);
    }

    /// The first value of `name`, or null.
    public @Nullable String first(String name) {
        var all = values.get(name);
        return all == null ? null : all.getFirst();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// Whether `name` is given as true: `?watch`, `?watch=1` and `?watch=true` all are.
    public boolean flag(String name) {
        var value = first(name);
        return value != null
                && (value.isEmpty() || value.equals("1") || value.equalsIgnoreCase("true"));
    }

    public Query with(String name, String value) {
        var copy = new LinkedHashMap<>(values);
        var all = new ArrayList<>(all(name));
        all.add(value);
        copy.put(name, List.copyOf(all));
        return new Query(copy);
    }

    /// The query string, percent-encoded, without a leading question mark.
    public String encoded() {
        return values.entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().stream()
                                .map(value -> encode(entry.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

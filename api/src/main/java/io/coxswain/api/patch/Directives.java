package io.coxswain.api.patch;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonBuffer;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The words of strategic merge patches, and what is said about wrong ones.
final class Directives {

    static final String PATCH = "$patch";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String ORDER = "$setElementOrder/";
    static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private Directives() {}

    static ApiError unknown(Json directive, Json.Obj map) {
        return failed("unknown patch type: " + go(directive) + " in map: " + go(map));
    }

    static ApiError noMergeKey(Json.Obj map, String key) {
        return failed("map: " + go(map) + " does not contain declared merge key: " + key);
    }

    /// An error upstream has no status for.
    static ApiError failed(String message) {
        return Errors.of(500, "", message, null);
    }

    /// A value as Go's `%v` prints it.
    private static String go(Json value) {
        return switch (value) {
            case Json.Obj(var fields) ->
                    new TreeMap<>(fields)
                            .entrySet().stream()
                                    .map(e -> e.getKey() + ":" + go(e.getValue()))
                                    .collect(Collectors.joining(" ", "map[", "]"));
            case Json.Arr(var items) ->
                    items.stream().map(Directives::go).collect(Collectors.joining(" ", "[", "]"));
            case Json.Str(var text) -> text;
            case Json.Int(var number) -> Long.toString(number);
            case Json.Real(var number) ->
                    new String(
                            new JsonBuffer(24).number(number).toBytes(), StandardCharsets.US_ASCII);
            case Json.Bool(var truth) -> Boolean.toString(truth);
            case Json.Null n -> "<nil>";
        };
    }

    /// A patch value that meets nothing: its nulls and directives say nothing.
    static Json plain(Json value) {
        return switch (value) {
            case Json.Obj(var fields) -> {
                var copy = new LinkedHashMap<String, Json>();
                fields.forEach((name, inner) -> {
                    if (!name.startsWith("$") && !(inner instanceof Json.Null)) {
                        copy.put(name, plain(inner));
                    }
                });
                yield new Json.Obj(copy);
            }
            case Json.Arr(var items) -> {
                var copy = new ArrayList<Json>(items.size());
                for (var item : items) {
                    if (!(item instanceof Json.Obj map && map.text(PATCH).equals("delete"))) {
                        copy.add(plain(item));
                    }
                }
                yield new Json.Arr(copy);
            }
            case Json scalar -> scalar;
        };
    }
}

package io.coxswain.cli.output.template;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.output.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The functions that templates may call.
final class Functions {

    static final Set<String> NAMES =
            Set.of(
                    "and",
                    "base64decode",
                    "eq",
                    "exists",
                    "ge",
                    "gt",
                    "index",
                    "le",
                    "len",
                    "lt",
                    "ne",
                    "not",
                    "or",
                    "print",
                    "printf",
                    "println");

    private Functions() {}

    static Json call(String name, List<Json> arguments) {
        return switch (name) {
            case "and" ->
                    arguments.stream().filter(a -> !holds(a)).findFirst().orElse(last(arguments));
            case "or" ->
                    arguments.stream().filter(Functions::holds).findFirst().orElse(last(arguments));
            case "not" -> Json.of(!holds(last(arguments)));
            case "len" -> Json.of(length(last(arguments)));
            case "index" -> index(arguments);
            case "exists" -> Json.of(!(index(arguments) instanceof Json.Null));
            case "eq" ->
                    Json.of(
                            arguments.stream()
                                    .skip(1)
                                    .anyMatch(a -> compare(arguments.getFirst(), a) == 0));
            case "ne" -> Json.of(compare(arguments.getFirst(), last(arguments)) != 0);
            case "lt" -> Json.of(compare(arguments.getFirst(), last(arguments)) < 0);
            case "le" -> Json.of(compare(arguments.getFirst(), last(arguments)) <= 0);
            case "gt" -> Json.of(compare(arguments.getFirst(), last(arguments)) > 0);
            case "ge" -> Json.of(compare(arguments.getFirst(), last(arguments)) >= 0);
            case "print" -> Json.of(joined(arguments, ""));
            case "println" -> Json.of(joined(arguments, " ") + "\n");
            case "printf" -> Json.of(formatted(arguments));
            case "base64decode" ->
                    Json.of(
                            new String(
                                    Base64.getDecoder().decode(shown(last(arguments))),
                                    StandardCharsets.UTF_8));
            default -> throw new CliError("function \"" + name + "\" not defined");
        };
    }

    private static Json last(List<Json> arguments) {
        if (arguments.isEmpty()) {
            throw new CliError("wrong number of args: want at least 1 got 0");
        }
        return arguments.getLast();
    }

    private static String joined(List<Json> arguments, String gap) {
        return arguments.stream().map(Functions::shown).collect(Collectors.joining(gap));
    }

    /// Go's `%s`, `%v`, `%d`, `%q` and widths.
    private static String formatted(List<Json> arguments) {
        var values =
                arguments.stream()
                        .skip(1)
                        .map(a -> a instanceof Json.Int(var n) ? (Object) n : shown(a))
                        .toArray();
        var format = shown(arguments.getFirst()).replaceAll("%(-?\\d*)[vq]", "%$1s");
        try {
            return String.format(format, values);
        } catch (IllegalArgumentException e) {
            throw new CliError("error calling printf: " + e.getMessage());
        }
    }

    private static int length(Json value) {
        return switch (value) {
            case Json.Str(var text) -> text.getBytes(StandardCharsets.UTF_8).length;
            case Json.Arr(var items) -> items.size();
            case Json.Obj(var fields) -> fields.size();
            case Json.Int i -> throw noLength("int64");
            case Json.Real r -> throw noLength("float64");
            case Json.Bool b -> throw noLength("bool");
            case Json.Null n -> 0;
        };
    }

    private static CliError noLength(String type) {
        return new CliError("error calling len: len of type " + type);
    }

    private static Json index(List<Json> arguments) {
        var at = arguments.getFirst();
        for (var key : arguments.subList(1, arguments.size())) {
            if (at instanceof Json.Arr(var items) && key instanceof Json.Int(var number)) {
                if (number < 0 || number >= items.size()) {
                    throw new CliError("error calling index: reflect: slice index out of range");
                }
                at = items.get((int) number);
            } else if (at instanceof Json.Obj object) {
                var value = object.get(shown(key));
                at = value == null ? Json.NULL : value;
            } else {
                return Json.NULL;
            }
        }
        return at;
    }

    private static int compare(Json a, Json b) {
        if (a instanceof Json.Int(var x) && b instanceof Json.Int(var y)) {
            return Long.compare(x, y);
        }
        return shown(a).compareTo(shown(b));
    }

    /// Whether a value counts as true: not empty, not zero, not nil.
    static boolean holds(Json value) {
        return switch (value) {
            case Json.Null n -> false;
            case Json.Bool(var truth) -> truth;
            case Json.Str(var text) -> !text.isEmpty();
            case Json.Int(var number) -> number != 0;
            case Json.Real(var number) -> number != 0;
            case Json.Arr(var items) -> !items.isEmpty();
            case Json.Obj(var fields) -> !fields.isEmpty();
        };
    }

    /// A value as Go prints it.
    static String shown(Json value) {
        return switch (value) {
            case Json.Null n -> "<no value>";
            case Json.Obj(var fields) ->
                    fields.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(field -> field.getKey() + ":" + shown(field.getValue()))
                            .collect(Collectors.joining(" ", "map[", "]"));
            case Json.Arr(var items) ->
                    items.stream().map(Functions::shown).collect(Collectors.joining(" ", "[", "]"));
            case Json.Str(var text) -> text;
            case Json.Int i -> JsonPath.shown(i);
            case Json.Real r -> JsonPath.shown(r);
            case Json.Bool b -> JsonPath.shown(b);
        };
    }
}

package io.coxswain.apiserver.crd;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSON path as definitions use it for columns, selectable fields and replicas:
/// `.spec.replicas`, `.metadata.annotations.a\.b`, `.spec.containers[0].image`, `.items[*].name`,
/// `.status.conditions[?(@.type=="Ready")].status`.
public final class ValuePath {

    private static final Pattern FILTER =
            Pattern.compile(
                    "\\?\\(\\s*@\\.([^=!\\s]+)\\s*(==|!=)\\s*[\"']?([^\"']*?)[\"']?\\s*\\)");

    /// One step into a value.
    private sealed interface Step {
        record Field(String name) implements Step {}

        record Index(int position) implements Step {}

        record All() implements Step {}

        record Where(String field, boolean equal, String value) implements Step {}
    }

    private final List<Step> steps;

    private ValuePath(List<Step> steps) {
        this.steps = steps;
    }

    /// Reads a path; what makes no sense is a field that no object has.
    public static ValuePath parse(String text) {
        var steps = new ArrayList<Step>();
        var name = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                name.append(text.charAt(++i));
            } else if (c == '.') {
                end(name, steps);
            } else if (c == '[') {
                end(name, steps);
                var close = closing(text, i);
                steps.add(bracket(text.substring(i + 1, close).strip()));
                i = close;
            } else {
                name.append(c);
            }
        }
        end(name, steps);
        return new ValuePath(List.copyOf(steps));
    }

    /// The names of the fields that lead to the value, where it is only that.
    public List<String> fields() {
        var names = new ArrayList<String>();
        for (var step : steps) {
            if (step instanceof Step.Field(var name)) {
                names.add(name);
            }
        }
        return names;
    }

    /// Everything the path leads to.
    public List<Json> values(Json root) {
        var found = List.of(root);
        for (var step : steps) {
            var next = new ArrayList<Json>();
            found.forEach(value -> step(step, value, next));
            found = next;
        }
        return found;
    }

    /// The first value the path leads to, or null.
    public @Nullable Json first(Json root) {
        var found = values(root);
        return found.isEmpty() ? null : found.getFirst();
    }

    /// `root` with `value` put where the path leads; objects on the way are made.
    public Json.Obj with(Json.Obj root, Json value) {
        return with(root, fields(), value);
    }

    private static Json.Obj with(Json.Obj object, List<String> names, Json value) {
        var name = names.getFirst();
        return names.size() == 1
                ? object.with(name, value)
                : object.with(
                        name, with(object.object(name), names.subList(1, names.size()), value));
    }

    private static void step(Step step, Json value, List<Json> next) {
        switch (step) {
            case Step.Field(var name) -> {
                var inner = value instanceof Json.Obj object ? object.get(name) : null;
                if (inner != null) {
                    next.add(inner);
                }
            }
            case Step.Index(var position) -> {
                if (value instanceof Json.Arr(var items)) {
                    var index = position < 0 ? items.size() + position : position;
                    if (index >= 0 && index < items.size()) {
                        next.add(items.get(index));
                    }
                }
            }
            case Step.All() -> next.addAll(children(value));
            case Step.Where(var field, var equal, var wanted) ->
                    children(value)
                            .forEach(child -> {
                                var own = parse("." + field).first(child);
                                if (own != null && text(own).equals(wanted) == equal) {
                                    next.add(child);
                                }
                            });
        }
    }

    private static List<Json> children(Json value) {
        return switch (value) {
            case Json.Arr(var items) -> items;
            case Json.Obj(var fields) -> List.copyOf(fields.values());
            case Json other -> List.of();
        };
    }

    /// Scalars as they are, anything else as JSON.
    public static String text(Json value) {
        return switch (value) {
            case Json.Str(var text) -> text;
            case Json other ->
                    new String(
                            io.coxswain.api.json.JsonWriter.canonical(other),
                            java.nio.charset.StandardCharsets.UTF_8);
        };
    }

    private static void end(StringBuilder name, List<Step> steps) {
        if (!name.isEmpty()) {
            steps.add(new Step.Field(name.toString()));
            name.setLength(0);
        }
    }

    private static int closing(String text, int open) {
        var close = text.indexOf(']', open);
        if (text.startsWith("[?(", open)) {
            var end = text.indexOf(")]", open);
            close = end < 0 ? close : end + 1;
        }
        return close < 0 ? text.length() - 1 : close;
    }

    private static Step bracket(String inside) {
        if (inside.equals("*")) {
            return new Step.All();
        }
        var filter = FILTER.matcher(inside);
        if (filter.matches()) {
            return new Step.Where(filter.group(1), filter.group(2).equals("=="), filter.group(3));
        }
        if (inside.length() >= 2 && (inside.startsWith("'") || inside.startsWith("\""))) {
            return new Step.Field(inside.substring(1, inside.length() - 1));
        }
        try {
            return new Step.Index(Integer.parseInt(inside));
        } catch (NumberFormatException e) {
            return new Step.Field(inside);
        }
    }
}

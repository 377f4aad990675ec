package io.coxswain.cli.output;

import io.coxswain.api.json.Json;
import io.coxswain.cli.output.PathParser.Operand;
import io.coxswain.cli.output.PathParser.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks the steps of a JSONPath expression.
final class Steps {

    private Steps() {}

    static List<Json> walk(List<Step> steps, Json root, Json from) {
        var at = List.of(from);
        for (var step : steps) {
            var next = new ArrayList<Json>();
            for (var value : at) {
                step(step, root, value, next);
            }
            at = next;
        }
        return at;
    }

    private static void step(Step step, Json root, Json value, List<Json> found) {
        switch (step) {
            case Step.Root() -> found.add(root);
            case Step.Current() -> found.add(value);
            case Step.Field(var name) -> field(name, value, found);
            case Step.All() -> children(value, found);
            case Step.Deep(var name) -> deep(name, value, found);
            case Step.Slice slice -> slice(slice, value, found);
            case Step.Union(var parts) ->
                    parts.forEach(part -> found.addAll(walk(part, root, value)));
            case Step.Filter filter -> {
                var items = new ArrayList<Json>();
                children(value, items);
                items.stream().filter(item -> holds(filter, root, item)).forEach(found::add);
            }
        }
    }

    private static void field(String name, Json value, List<Json> found) {
        var field = value instanceof Json.Obj object ? object.get(name) : null;
        if (field != null) {
            found.add(field);
        }
    }

    private static void children(Json value, List<Json> found) {
        if (value instanceof Json.Obj(var fields)) {
            found.addAll(fields.values());
        } else if (value instanceof Json.Arr(var items)) {
            found.addAll(items);
        }
    }

    private static void deep(String name, Json value, List<Json> found) {
        if (name.equals("*")) {
            children(value, found);
        } else {
            field(name, value, found);
        }
        var below = new ArrayList<Json>();
        children(value, below);
        below.forEach(child -> deep(name, child, found));
    }

    private static void slice(Step.Slice slice, Json value, List<Json> found) {
        if (!(value instanceof Json.Arr(var items))) {
            return;
        }
        var size = items.size();
        if (slice.index() != null) {
            var index = slice.index() < 0 ? size + slice.index() : slice.index();
            if (index >= 0 && index < size) {
                found.add(items.get(index));
            }
            return;
        }
        var from = bound(slice.from(), 0, size);
        var to = bound(slice.to(), size, size);
        var step = slice.step() == null || slice.step() < 1 ? 1 : slice.step();
        for (var i = from; i < to; i += step) {
            found.add(items.get(i));
        }
    }

    private static int bound(@Nullable Integer given, int none, int size) {
        if (given == null) {
            return none;
        }
        return Math.clamp(given < 0 ? size + given : given, 0, size);
    }

    private static boolean holds(Step.Filter filter, Json root, Json item) {
        var left = operand(filter.left(), root, item);
        if (filter.operator().equals("exists")) {
            return !left.isEmpty();
        }
        var right = operand(filter.right(), root, item);
        if (left.isEmpty() || right.isEmpty()) {
            return false;
        }
        var order = compare(left.getFirst(), right.getFirst());
        return switch (filter.operator()) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalStateException(filter.operator());
        };
    }

    private static List<Json> operand(Operand operand, Json root, Json item) {
        return switch (operand) {
            case Operand.Literal(var value) -> List.of(value);
            case Operand.Path(var steps) -> walk(steps, root, item);
        };
    }

    private static int compare(Json a, Json b) {
        var x = number(a);
        var y = number(b);
        return Double.isNaN(x) || Double.isNaN(y)
                ? JsonPath.shown(a).compareTo(JsonPath.shown(b))
                : Double.compare(x, y);
    }

    private static double number(Json value) {
        return switch (value) {
            case Json.Int(var number) -> number;
            case Json.Real(var number) -> number;
            case Json.Str s -> Double.NaN;
            case Json.Bool b -> Double.NaN;
            case Json.Null n -> Double.NaN;
            case Json.Obj o -> Double.NaN;
            case Json.Arr a -> Double.NaN;
        };
    }
}

package io.coxswain.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import io.coxswain.api.json.Json;
import io.coxswain.apiserver.cel.functions.Function;
import io.coxswain.apiserver.cel.functions.Libraries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns a checked expression into steps.
///
/// What a step costs is upstream's: a unit for each variable and each look into a value, ten for a
/// list, thirty for a map, forty for an object, and what [CallCost] says for a call. Operators that
/// only choose (`&&`, `||`, `?:`) and `has` itself cost nothing.
final class Planner {

    private static final long LIST = 10;
    private static final long MAP = 30;
    private static final long OBJECT = 40;

    /// @param slots how many variables its comprehensions need
    record Plan(Step step, int slots) {}

    private final CelAbstractSyntaxTree tree;
    private final Map<String, Deque<Integer>> scope = new HashMap<>();
    private int slots;

    Planner(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    Plan plan() {
        var step = step(tree.getExpr());
        return new Plan(step, slots);
    }

    private Step step(CelExpr e) {
        return switch (e.getKind()) {
            case CONSTANT -> constant(e.constant());
            case IDENT -> identifier(e, e.ident().name());
            case SELECT -> select(e);
            case CALL -> call(e);
            case LIST -> list(e.list());
            case MAP -> map(e.map());
            case STRUCT -> struct(e.struct());
            case COMPREHENSION -> comprehension(e.comprehension());
            case NOT_SET -> throw new IllegalStateException("an expression without content");
        };
    }

    private static Step constant(CelConstant constant) {
        var value =
                switch (constant.getKind()) {
                    case NULL_VALUE, NOT_SET -> (Object) Json.NULL;
                    case BOOLEAN_VALUE -> constant.booleanValue();
                    case INT64_VALUE -> constant.int64Value();
                    case UINT64_VALUE -> new Unsigned(constant.uint64Value().longValue());
                    case DOUBLE_VALUE -> constant.doubleValue();
                    case STRING_VALUE -> constant.stringValue();
                    case BYTES_VALUE -> new Bytes(constant.bytesValue().toByteArray());
                    default -> throw new IllegalStateException("constant " + constant.getKind());
                };
        return frame -> value;
    }

    private Step identifier(CelExpr e, String name) {
        var slot = scope.get(name);
        if (slot != null && !slot.isEmpty()) {
            return local(slot.peek());
        }
        var reference = tree.getReference(e.id());
        var full = reference.isPresent() ? reference.get().name() : name;
        if (tree.getTypeOrThrow(e.id()).kind() == CelKind.TYPE) {
            var type = new CelType(full);
            return frame -> {
                frame.charge(1);
                return type;
            };
        }
        return frame -> {
            frame.charge(1);
            return frame.variable(full);
        };
    }

    private static Step local(int slot) {
        return frame -> {
            frame.charge(1);
            return Fold.live(frame.slot(slot));
        };
    }

    private Step select(CelExpr e) {
        var select = e.select();
        if (tree.getReference(e.id()).isPresent()) {
            return identifier(e, select.field());
        }
        var operand = step(select.operand());
        var name = select.field();
        if (select.testOnly()) {
            return frame -> Access.has(operand.evaluate(frame), name);
        }
        var cost = lookCost(select.operand());
        return frame -> {
            var value = operand.evaluate(frame);
            frame.charge(cost);
            return Access.field(value, name);
        };
    }

    /// A look into something that is not itself a variable or a look costs one more.
    private static long lookCost(CelExpr operand) {
        return switch (operand.getKind()) {
            case IDENT, SELECT -> 1;
            case CALL ->
                    switch (operand.call().function()) {
                        case "_[_]", "_?._", "_[?_]", "_?_:_" -> 1;
                        default -> 2;
                    };
            case CONSTANT, LIST, MAP, STRUCT, COMPREHENSION, NOT_SET -> 2;
        };
    }

    private Step call(CelExpr e) {
        var call = e.call();
        var arguments = new ArrayList<CelExpr>();
        call.target().ifPresent(arguments::add);
        arguments.addAll(call.args());
        return switch (call.function()) {
            case "_&&_" -> new Logic.And(step(arguments.get(0)), step(arguments.get(1)));
            case "_||_" -> new Logic.Or(step(arguments.get(0)), step(arguments.get(1)));
            case "_?_:_" ->
                    new Logic.Choice(
                            step(arguments.get(0)), step(arguments.get(1)), step(arguments.get(2)));
            case "@not_strictly_false" -> new Logic.NotStrictlyFalse(step(arguments.getFirst()));
            case "_[_]" -> index(arguments);
            case "_?._", "_[?_]" -> optionalIndex(arguments);
            case "or" -> new Logic.OptionalOr(step(arguments.get(0)), step(arguments.get(1)));
            case "orValue" ->
                    new Logic.OptionalOrValue(step(arguments.get(0)), step(arguments.get(1)));
            case "cel.@mapInsert" -> mapInsert(steps(arguments));
            default -> function(call.function(), arguments);
        };
    }

    private Step index(List<CelExpr> arguments) {
        var operand = step(arguments.get(0));
        var key = step(arguments.get(1));
        var cost = lookCost(arguments.get(0));
        return frame -> {
            var value = operand.evaluate(frame);
            var at = key.evaluate(frame);
            frame.charge(cost);
            return Access.index(value, at);
        };
    }

    private Step optionalIndex(List<CelExpr> arguments) {
        var operand = step(arguments.get(0));
        var key = step(arguments.get(1));
        var cost = lookCost(arguments.get(0));
        return frame -> {
            var value = operand.evaluate(frame);
            var at = key.evaluate(frame);
            frame.charge(cost);
            return Access.optionally(value, at);
        };
    }

    private static Step mapInsert(List<Step> steps) {
        return frame -> {
            var map = new LinkedHashMap<Object, Object>();
            if (!(steps.getFirst().evaluate(frame) instanceof Map<?, ?> before)) {
                throw CelFailure.noSuchOverload();
            }
            var key = steps.get(1).evaluate(frame);
            var fresh = steps.size() > 2 ? Map.of(key, steps.get(2).evaluate(frame)) : entries(key);
            frame.charge(1);
            map.putAll(before);
            fresh.forEach((name, value) -> {
                if (map.putIfAbsent(name, value) != null) {
                    throw new CelFailure("insert failed: key " + name + " already exists");
                }
            });
            return map;
        };
    }

    private static Map<?, ?> entries(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw CelFailure.noSuchOverload();
    }

    private Step function(String name, List<CelExpr> arguments) {
        var function = Libraries.find(name);
        if (function == null) {
            throw new IllegalStateException("no function " + name);
        }
        if (name.equals("_+_") && appends(arguments)) {
            return append(step(arguments.get(0)), arguments.get(1));
        }
        return new Call(name, function, steps(arguments).toArray(Step[]::new));
    }

    /// `accumulator + […]`, as `map` and `filter` do for each item.
    private boolean appends(List<CelExpr> arguments) {
        var left = arguments.getFirst();
        return left.getKind() == CelExpr.ExprKind.Kind.IDENT
                && left.ident().name().equals("@result")
                && arguments.get(1).getKind() == CelExpr.ExprKind.Kind.LIST;
    }

    private Step append(Step accumulator, CelExpr items) {
        var more = step(items);
        return frame -> {
            if (!(accumulator.evaluate(frame) instanceof List<?> before
                    && more.evaluate(frame) instanceof List<?> after)) {
                throw CelFailure.noSuchOverload();
            }
            frame.charge(1);
            if (before instanceof Fold.Growing growing) {
                growing.addAll(after);
                return growing;
            }
            var all = new Fold.Growing();
            all.addAll(before);
            all.addAll(after);
            return all;
        };
    }

    /// A call of a function.
    private record Call(String name, Function function, Step[] arguments) implements Step {

        @Override
        public Object evaluate(Frame frame) {
            var values = new Object[arguments.length];
            for (var i = 0; i < values.length; i++) {
                values[i] = arguments[i].evaluate(frame);
            }
            var result = result(frame, values);
            frame.charge(CallCost.of(name, values, result));
            if (result == null) {
                throw CelFailure.noSuchOverload();
            }
            return result;
        }

        private @Nullable Object result(Frame frame, Object[] values) {
            try {
                return function.call(values);
            } catch (CelFailure failure) {
                frame.charge(CallCost.of(name, values, null));
                throw failure;
            }
        }
    }

    private List<Step> steps(List<CelExpr> expressions) {
        return expressions.stream().map(this::step).toList();
    }

    private Step list(CelExpr.CelList list) {
        var items = steps(list.elements()).toArray(Step[]::new);
        var optional = List.copyOf(list.optionalIndices());
        return frame -> {
            var values = new ArrayList<Object>(items.length);
            for (var i = 0; i < items.length; i++) {
                add(values, items[i].evaluate(frame), optional.contains(i));
            }
            frame.charge(LIST);
            return values;
        };
    }

    private static void add(List<Object> values, Object value, boolean optional) {
        if (optional && value instanceof Optional<?> some) {
            some.ifPresent(values::add);
            return;
        }
        values.add(value);
    }

    private Step map(CelExpr.CelMap map) {
        var keys = steps(map.entries().stream().map(CelExpr.CelMap.Entry::key).toList());
        var values = steps(map.entries().stream().map(CelExpr.CelMap.Entry::value).toList());
        var optional = map.entries().stream().map(CelExpr.CelMap.Entry::optionalEntry).toList();
        return frame -> {
            var all = new LinkedHashMap<Object, Object>();
            for (var i = 0; i < keys.size(); i++) {
                var key = keys.get(i).evaluate(frame);
                var value = values.get(i).evaluate(frame);
                if (optional.get(i) && value instanceof Optional<?> some) {
                    some.ifPresent(present -> all.put(key, present));
                } else if (all.put(key, value) != null) {
                    throw new CelFailure("Failed with repeated key " + key);
                }
            }
            frame.charge(MAP);
            return all;
        };
    }

    private Step struct(CelExpr.CelStruct struct) {
        var name = struct.messageName();
        var entries = struct.entries();
        var values = steps(entries.stream().map(CelExpr.CelStruct.Entry::value).toList());
        return frame -> {
            var fields = new LinkedHashMap<String, Object>();
            for (var i = 0; i < entries.size(); i++) {
                var entry = entries.get(i);
                var value = values.get(i).evaluate(frame);
                if (entry.optionalEntry() && value instanceof Optional<?> some) {
                    some.ifPresent(present -> fields.put(entry.fieldKey(), present));
                } else {
                    fields.put(entry.fieldKey(), value);
                }
            }
            frame.charge(OBJECT);
            return new ObjectLiteral(name, fields);
        };
    }

    private Step comprehension(CelExpr.CelComprehension c) {
        var range = step(c.iterRange());
        var init = step(c.accuInit());
        var accumulator = enter(c.accuVar());
        var first = enter(c.iterVar());
        var second = c.iterVar2().isEmpty() ? -1 : enter(c.iterVar2());
        var condition = step(c.loopCondition());
        var next = step(c.loopStep());
        leave(c.iterVar());
        if (second >= 0) {
            leave(c.iterVar2());
        }
        var result = step(c.result());
        leave(c.accuVar());
        return new Fold(
                new Fold.Slots(accumulator, first, second), range, init, condition, next, result);
    }

    private int enter(String name) {
        var slot = slots++;
        scope.computeIfAbsent(name, key -> new ArrayDeque<>()).push(slot);
        return slot;
    }

    private void leave(String name) {
        var open = scope.get(name);
        if (open != null) {
            open.pop();
        }
    }
}

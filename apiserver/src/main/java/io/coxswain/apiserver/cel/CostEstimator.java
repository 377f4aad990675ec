package io.coxswain.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.coxswain.apiserver.cel.checker.Types;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an expression may cost, from the declared sizes of its variables: upstream's rules of
/// [Planner] and [CallCost], applied before there is any value.
final class CostEstimator {

    private static final CostEstimate ONE = CostEstimate.fixed(1);
    private static final CostEstimate ANY_SIZE = new CostEstimate(0, Long.MAX_VALUE);

    /// A part of the expression: what it costs, and what is known of its type and size.
    private record Part(CostEstimate cost, DeclType type, CostEstimate size) {}

    private final CelAbstractSyntaxTree tree;
    private final Map<String, DeclType> variables;
    private final Types types;
    private final Map<String, Deque<Part>> locals = new HashMap<>();

    CostEstimator(CelAbstractSyntaxTree tree, Map<String, DeclType> variables, Types types) {
        this.tree = tree;
        this.variables = variables;
        this.types = types;
    }

    CostEstimate estimate() {
        return part(tree.getExpr()).cost();
    }

    private Part part(CelExpr e) {
        return switch (e.getKind()) {
            case CONSTANT -> new Part(CostEstimate.ZERO, checked(e), constantSize(e.constant()));
            case IDENT -> identifier(e);
            case SELECT -> select(e);
            case CALL -> call(e);
            case LIST -> literal(e, e.list().elements(), 10);
            case MAP -> map(e);
            case STRUCT ->
                    literal(
                            e,
                            e.struct().entries().stream()
                                    .map(CelExpr.CelStruct.Entry::value)
                                    .toList(),
                            40);
            case COMPREHENSION -> comprehension(e);
            case NOT_SET -> new Part(CostEstimate.ZERO, DeclType.DYN, ANY_SIZE);
        };
    }

    private Part identifier(CelExpr e) {
        var name = e.ident().name();
        var open = locals.get(name);
        var local = open == null ? null : open.peek();
        if (local != null) {
            return new Part(ONE, local.type(), local.size());
        }
        var declared = variables.get(name);
        return of(ONE, declared == null ? checked(e) : declared);
    }

    private Part select(CelExpr e) {
        var select = e.select();
        var operand = part(select.operand());
        if (select.testOnly()) {
            return of(operand.cost(), DeclType.BOOL);
        }
        var looks =
                operand.type() instanceof DeclType.MapOf
                        || operand.type() instanceof DeclType.ObjectOf;
        var cost = looks ? operand.cost().plus(1) : operand.cost();
        var type =
                switch (operand.type()) {
                    case DeclType.ObjectOf object -> {
                        var field = object.field(select.field());
                        yield field == null ? checked(e) : field.type();
                    }
                    case DeclType.MapOf map -> map.value();
                    case DeclType.Plain _,
                            DeclType.ListOf _,
                            DeclType.OptionalOf _,
                            DeclType.Opaque _ ->
                            checked(e);
                };
        return of(cost, type);
    }

    private Part literal(CelExpr e, List<CelExpr> items, long cost) {
        var sum = CostEstimate.fixed(cost);
        for (var item : items) {
            sum = sum.plus(part(item).cost());
        }
        return new Part(sum, checked(e), CostEstimate.fixed(items.size()));
    }

    private Part map(CelExpr e) {
        var all = new ArrayList<CelExpr>();
        for (var entry : e.map().entries()) {
            all.add(entry.key());
            all.add(entry.value());
        }
        var part = literal(e, all, 30);
        return new Part(part.cost(), part.type(), CostEstimate.fixed(e.map().entries().size()));
    }

    private Part comprehension(CelExpr e) {
        var c = e.comprehension();
        var range = part(c.iterRange());
        var init = part(c.accuInit());
        var sum = range.cost().plus(init.cost());
        var accumulated =
                switch (c.accuInit().getKind()) {
                    case LIST, MAP -> new Part(ONE, init.type(), range.size());
                    default -> init;
                };
        enter(c.accuVar(), accumulated);
        enter(c.iterVar(), first(range, !c.iterVar2().isEmpty()));
        if (!c.iterVar2().isEmpty()) {
            enter(c.iterVar2(), second(range));
        }
        var turn = part(c.loopCondition()).cost().plus(part(c.loopStep()).cost());
        leave(c.iterVar());
        if (!c.iterVar2().isEmpty()) {
            leave(c.iterVar2());
        }
        var result = part(c.result());
        leave(c.accuVar());
        return new Part(
                sum.plus(range.size().times(turn)).plus(result.cost()), checked(e), range.size());
    }

    private Part first(Part range, boolean two) {
        return switch (range.type()) {
            case DeclType.MapOf map -> of(ONE, map.key());
            case DeclType.ListOf list -> of(ONE, two ? DeclType.INT : list.item());
            case DeclType.Plain _, DeclType.ObjectOf _, DeclType.OptionalOf _, DeclType.Opaque _ ->
                    of(ONE, DeclType.DYN);
        };
    }

    private Part second(Part range) {
        return switch (range.type()) {
            case DeclType.MapOf map -> of(ONE, map.value());
            case DeclType.ListOf list -> of(ONE, list.item());
            case DeclType.Plain _, DeclType.ObjectOf _, DeclType.OptionalOf _, DeclType.Opaque _ ->
                    of(ONE, DeclType.DYN);
        };
    }

    private Part call(CelExpr e) {
        var call = e.call();
        var a = new ArrayList<Part>();
        call.target().ifPresent(target -> a.add(part(target)));
        call.args().forEach(argument -> a.add(part(argument)));
        var sum = CostEstimate.ZERO;
        for (var argument : a) {
            sum = sum.plus(argument.cost());
        }
        return switch (call.function()) {
            case "_&&_", "_||_" ->
                    of(new CostEstimate(a.get(0).cost().min(), sum.max()), DeclType.BOOL);
            case "_?_:_" -> {
                var either = a.get(1).cost().union(a.get(2).cost());
                yield new Part(
                        a.get(0).cost().plus(either),
                        narrower(e, a.get(1).type()),
                        a.get(1).size().union(a.get(2).size()));
            }
            case "_[_]", "_[?_]" -> of(sum.plus(1), item(e, a.getFirst().type()));
            case "dyn" -> new Part(sum.plus(1), a.getFirst().type(), a.getFirst().size());
            default -> function(e, call.function(), a, sum);
        };
    }

    private Part function(CelExpr e, String name, List<Part> a, CostEstimate sum) {
        var sizes = a.stream().map(Part::size).toList();
        var text = !a.isEmpty() && sequence(a.getFirst().type());
        var opaque = !a.isEmpty() && a.getFirst().type() instanceof DeclType.Opaque;
        var cost = FunctionCost.of(name, sizes, text, opaque);
        // How long a number is as text, nobody says.
        var unknown = name.equals("string") && !text;
        var size = unknown ? null : FunctionCost.resultSize(name, sizes);
        var type = checked(e);
        return new Part(sum.plus(cost), type, size == null ? sizeOf(type) : size);
    }

    private DeclType item(CelExpr e, DeclType type) {
        return switch (type) {
            case DeclType.ListOf list -> list.item();
            case DeclType.MapOf map -> map.value();
            case DeclType.Plain _, DeclType.ObjectOf _, DeclType.OptionalOf _, DeclType.Opaque _ ->
                    checked(e);
        };
    }

    private DeclType narrower(CelExpr e, DeclType known) {
        var checked = checked(e);
        return checked.getClass() == known.getClass() ? known : checked;
    }

    private DeclType checked(CelExpr e) {
        return tree.getType(e.id()).map(types::back).orElse(DeclType.DYN);
    }

    private static boolean sequence(DeclType type) {
        return type instanceof DeclType.Plain(var kind, var _)
                && (kind == DeclType.Kind.STRING || kind == DeclType.Kind.BYTES);
    }

    private static Part of(CostEstimate cost, DeclType type) {
        return new Part(cost, type, sizeOf(type));
    }

    private static CostEstimate sizeOf(DeclType type) {
        return switch (type) {
            case DeclType.Plain(var kind, var max) ->
                    switch (kind) {
                        case STRING, BYTES -> new CostEstimate(0, max);
                        case DYN -> ANY_SIZE;
                        case BOOL, INT, UINT, DOUBLE, TIMESTAMP, DURATION, NULL -> ONE;
                    };
            case DeclType.ListOf list -> new CostEstimate(0, list.maxSize());
            case DeclType.MapOf map -> new CostEstimate(0, map.maxSize());
            case DeclType.ObjectOf _, DeclType.OptionalOf _, DeclType.Opaque _ -> ANY_SIZE;
        };
    }

    private static CostEstimate constantSize(CelConstant constant) {
        return CostEstimate.fixed(
                switch (constant.getKind()) {
                    case STRING_VALUE -> Values.size(constant.stringValue());
                    case BYTES_VALUE -> constant.bytesValue().size();
                    default -> 1;
                });
    }

    private void enter(String name, Part value) {
        locals.computeIfAbsent(name, key -> new ArrayDeque<>()).push(value);
    }

    private @Nullable Part leave(String name) {
        var open = locals.get(name);
        return open == null ? null : open.poll();
    }
}

package io.coxswain.apiserver.crd.rules;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.structural.OldItems;
import io.coxswain.api.structural.Structural;
import io.coxswain.apiserver.cel.Bindings;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.cel.Values;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One object meets all rules of its schema, until the budget is spent.
final class Evaluation {

    private final Budget budget;
    private boolean stopped;

    Evaluation(Budget budget) {
        this.budget = budget;
    }

    /// @param old the value before; null where there was none, or none that corresponds
    void node(RuleNode node, Json value, @Nullable Json old, FieldErrors errors) {
        if (stopped || value instanceof Json.Null) {
            return;
        }
        var type = node.rules().isEmpty() ? DeclType.DYN : typeOf(node.schema(), errors);
        for (var rule : node.rules()) {
            if (stopped) {
                return;
            }
            rule(rule, type, value, old, errors);
        }
        switch (value) {
            case Json.Obj object ->
                    object(node, object, old instanceof Json.Obj o ? o : null, errors);
            case Json.Arr list -> list(node, list, old instanceof Json.Arr o ? o : null, errors);
            case Json.Str s -> {}
            case Json.Int i -> {}
            case Json.Real r -> {}
            case Json.Bool b -> {}
            case Json.Null n -> {}
        }
    }

    private static DeclType typeOf(Structural schema, FieldErrors errors) {
        return SchemaTypes.of(schema, errors.path().equals("<nil>"));
    }

    private void object(
            RuleNode node, Json.Obj object, Json.@Nullable Obj old, FieldErrors errors) {
        var values = node.values();
        if (values != null) {
            object.fields()
                    .forEach((name, value) -> node(values, value, at(old, name), errors.key(name)));
        }
        node.properties()
                .forEach((name, property) -> {
                    var value = object.get(name);
                    if (value != null) {
                        node(property, value, at(old, name), errors.at(name));
                    }
                });
    }

    private static @Nullable Json at(Json.@Nullable Obj object, String name) {
        return object == null ? null : object.get(name);
    }

    private void list(RuleNode node, Json.Arr list, Json.@Nullable Arr old, FieldErrors errors) {
        var items = node.items();
        if (items == null) {
            return;
        }
        var before = old == null ? null : OldItems.of(old, node.schema());
        for (var i = 0; i < list.items().size(); i++) {
            var item = list.items().get(i);
            node(items, item, before == null ? null : before.of(item), errors.at(i));
        }
    }

    private void rule(
            Rule rule, DeclType type, Json value, @Nullable Json old, FieldErrors errors) {
        var program = rule.program();
        if (program == null) {
            say(errors, value, "rule compile error: " + rule.problem());
            return;
        }
        var first = old == null || old instanceof Json.Null;
        if (rule.comparing() && first && !rule.oldIsOptional()) {
            return; // There is nothing to compare with.
        }
        if (!rule.comparing() && value.equals(old)) {
            return; // What was wrong before may stay.
        }
        var bindings = bindings(rule, type, value, first ? null : old);
        try {
            var holds = program.evaluate(bindings, budget);
            if (outOfBudget(value, errors)) {
                return;
            }
            if (!holds.equals(true)) {
                broken(rule, bindings, value, errors);
            }
        } catch (CelFailure failure) {
            if (!outOfBudget(value, errors)) {
                failed(rule, failure, value, errors);
            }
        }
    }

    private static Bindings bindings(Rule rule, DeclType type, Json value, @Nullable Json old) {
        return name ->
                switch (name) {
                    case "self" -> Values.of(value, type);
                    case "oldSelf" ->
                            rule.oldIsOptional()
                                    ? Optional.ofNullable(old).map(o -> Values.of(o, type))
                                    : old == null ? null : Values.of(old, type);
                    default -> null;
                };
    }

    private boolean outOfBudget(Json value, FieldErrors errors) {
        if (budget.exhausted() && !stopped) {
            stopped = true;
            say(
                    errors,
                    value,
                    "validation failed due to running out of cost budget, no further validation"
                            + " rules will be run");
        }
        return stopped;
    }

    private void failed(Rule rule, CelFailure failure, Json value, FieldErrors errors) {
        var why = failure.text();
        if (failure.costExceeded()) {
            stopped = true;
            say(
                    errors,
                    value,
                    "'"
                            + why
                            + "': no further validation rules will be run due to call cost exceeds"
                            + " limit for rule: "
                            + rule.name());
        } else if (why.startsWith("no such overload")) {
            say(
                    errors,
                    value,
                    "'"
                            + why
                            + "': call arguments did not match a supported operator, function or"
                            + " macro signature for rule: "
                            + rule.name());
        } else {
            say(errors, value, why + " evaluating rule: " + rule.name());
        }
    }

    private void broken(Rule rule, Bindings bindings, Json value, FieldErrors errors) {
        var path = rule.source().text("fieldPath").strip();
        var at =
                path.isEmpty()
                        ? errors
                        : errors.at(path.startsWith(".") ? path.substring(1) : path);
        var text = message(rule, bindings);
        switch (rule.source().text("reason")) {
            case "FieldValueForbidden" -> at.forbidden(text);
            case "FieldValueRequired" -> at.required(text);
            case "FieldValueDuplicate" -> at.duplicate(shown(value));
            default -> say(at, value, text);
        }
    }

    private String message(Rule rule, Bindings bindings) {
        var expression = rule.message();
        if (expression == null) {
            return rule.text();
        }
        try {
            if (expression.evaluate(bindings, budget) instanceof String text
                    && !text.isBlank()
                    && text.indexOf('\n') < 0
                    && text.length() <= 5 << 10) {
                return text.strip();
            }
        } catch (CelFailure failure) {
            return rule.text();
        }
        return rule.text();
    }

    /// Objects and lists are not shown: they can be large.
    private static void say(FieldErrors errors, Json value, String text) {
        if (value instanceof Json.Obj || value instanceof Json.Arr) {
            errors.invalid(text);
        } else {
            errors.invalid(value, text);
        }
    }

    private static @Nullable Json shown(Json value) {
        return value instanceof Json.Obj || value instanceof Json.Arr ? null : value;
    }
}

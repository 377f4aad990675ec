package io.coxswain.apiserver.crd.rules;

import io.coxswain.api.apiextensions.CustomResourceDefinition.ValidationRule;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.structural.Structural;
import io.coxswain.apiserver.cel.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Checks the rules of one schema: whether each compiles, and what all of them may cost for the
/// largest object that a request can carry.
final class DefinitionRuleCheck {

    /// What one rule may cost (upstream's `StaticEstimatedCostLimit`).
    private static final double RULE_COST_MAX = 10_000_000;

    /// What all rules of a schema may cost (upstream's `StaticEstimatedCRDCostLimit`).
    private static final double SCHEMA_COST_MAX = 100_000_000;

    private static final int DEAREST = 4;

    /// Nobody limits how often a rule is evaluated.
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /// What an expression contributes.
    private record Cost(FieldErrors at, double cost) {}

    private final FieldErrors root;
    private final List<Cost> costs = new ArrayList<>();

    DefinitionRuleCheck(FieldErrors root) {
        this.root = root;
    }

    void check(Structural schema) {
        if (!schema.hasValidations()) {
            return;
        }
        node(schema, true, 1, "", root);
        var total = costs.stream().mapToDouble(Cost::cost).sum();
        if (total > SCHEMA_COST_MAX) {
            costs.stream()
                    .sorted(Comparator.comparingDouble(Cost::cost).reversed())
                    .limit(DEAREST)
                    .forEach(dear ->
                            dear.at.forbidden(
                                    "contributed to estimated rule cost total exceeding cost limit"
                                            + " for entire OpenAPIv3 schema"));
            root.forbidden(
                    tooDear(
                            "x-kubernetes-validations estimated rule cost total for entire"
                                    + " OpenAPIv3 schema",
                            total / SCHEMA_COST_MAX));
        }
    }

    /// @param times how many such values an object can have
    /// @param loose the first list on the way whose items have no old self; empty for none
    private void node(
            Structural schema, boolean resource, double times, String loose, FieldErrors errors) {
        var rules = schema.validations();
        if (!rules.isEmpty()) {
            var type = SchemaTypes.of(schema, resource);
            for (var i = 0; i < rules.size(); i++) {
                if (rules.get(i) instanceof Json.Obj source && !source.text("rule").isBlank()) {
                    var at = errors.at("x-kubernetes-validations").at(i);
                    rule(Rule.compile(source, type), often(schema, times), loose, at);
                }
            }
        }
        schema.properties()
                .forEach((name, property) ->
                        node(property, false, times, loose, errors.at("properties").key(name)));
        var values = schema.additional();
        if (values != null) {
            var max = schema.rules().maxProperties();
            var below = times * (max == null ? UNLIMITED : (double) max);
            node(values, false, below, loose, errors.at("additionalProperties"));
        }
        var items = schema.items();
        if (items != null) {
            var max = schema.rules().maxItems();
            var below = times * (max == null ? UNLIMITED : (double) max);
            var place = loose.isEmpty() && !schema.listType().equals("map") ? errors.path() : loose;
            node(items, false, below, place, errors.at("items"));
        }
    }

    /// Without a limit, as many values as go into a request.
    private static double often(Structural schema, double times) {
        if (!Double.isInfinite(times) && !Double.isNaN(times)) {
            return times;
        }
        var many = SchemaTypes.REQUEST_BYTES_MAX / (SchemaTypes.minSize(schema) + 1);
        return (double) many;
    }

    private void rule(Rule rule, double times, String loose, FieldErrors errors) {
        var shown = shown(rule.source());
        var program = rule.program();
        if (program == null) {
            errors.at("rule").invalid(shown, rule.problem());
        } else {
            cost("estimated rule cost", program, times, errors.at("rule"));
        }
        var message = rule.message();
        if (!rule.messageProblem().isEmpty()) {
            errors.at("messageExpression").invalid(shown, rule.messageProblem());
        } else if (message != null) {
            cost("estimated messageExpression cost", message, 1, errors.at("messageExpression"));
        }
        if (rule.comparing()) {
            if (!loose.isEmpty()) {
                errors.at("rule")
                        .invalid(
                                rule.source().text("rule"),
                                "oldSelf cannot be used on the uncorrelatable portion of the"
                                        + " schema within "
                                        + loose);
            }
        } else if (program != null
                && rule.source().get("optionalOldSelf") instanceof Json.Bool(var set)) {
            errors.at("optionalOldSelf")
                    .invalid(set, "may not be set if oldSelf is not used in rule");
        }
    }

    private void cost(String name, Program program, double times, FieldErrors errors) {
        var max = program.estimate().max();
        var cost = max == 0 ? 0 : (double) max * times;
        if (cost > RULE_COST_MAX) {
            errors.forbidden(tooDear(name, cost / RULE_COST_MAX));
        }
        if (cost >= 1) {
            costs.add(new Cost(errors, cost));
        }
    }

    private static String tooDear(String name, double factor) {
        var times =
                factor > 100
                        ? "more than 100x"
                        : factor < 1.5
                                ? String.format(Locale.ROOT, "%fx", factor)
                                : String.format(Locale.ROOT, "%.1fx", factor);
        return name
                + " exceeds budget by factor of "
                + times
                + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength"
                + " where arrays, maps, and strings are declared)";
    }

    private static ValidationRule shown(Json.Obj rule) {
        return RecordReader.fromTree(ValidationRule.class, rule, new Problems());
    }
}

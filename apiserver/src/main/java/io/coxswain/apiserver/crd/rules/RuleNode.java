package io.coxswain.apiserver.crd.rules;

import io.coxswain.api.json.Json;
import io.coxswain.api.structural.Structural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of one node of a schema and of those below that have any.
record RuleNode(
        Structural schema,
        List<Rule> rules,
        Map<String, RuleNode> properties,
        @Nullable RuleNode items,
        @Nullable RuleNode values) {

    /// Null for a schema without rules.
    static @Nullable RuleNode of(@Nullable Structural schema, boolean root) {
        if (schema == null || !schema.hasValidations()) {
            return null;
        }
        var rules = new ArrayList<Rule>();
        if (!schema.validations().isEmpty()) {
            var type = SchemaTypes.of(schema, root);
            for (var rule : schema.validations()) {
                if (rule instanceof Json.Obj source && !source.text("rule").isBlank()) {
                    rules.add(Rule.compile(source, type));
                }
            }
        }
        var properties = new LinkedHashMap<String, RuleNode>();
        schema.properties()
                .forEach((name, property) -> {
                    var node = of(property, false);
                    if (node != null) {
                        properties.put(name, node);
                    }
                });
        return new RuleNode(
                schema,
                rules,
                properties,
                of(schema.items(), false),
                of(schema.additional(), false));
    }
}

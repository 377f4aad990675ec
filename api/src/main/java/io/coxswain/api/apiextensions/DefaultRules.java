package io.coxswain.api.apiextensions;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.structural.EmbeddedMetadata;
import io.coxswain.api.structural.Pruning;
import io.coxswain.api.structural.Structural;
import io.coxswain.api.structural.ValueCheck;
import java.util.Set;

/// A default must be a value that its own schema allows and knows.
final class DefaultRules {

    private static final Set<String> META = Set.of("metadata", "kind", "apiVersion");

    private DefaultRules() {}

    static void check(Structural root, FieldErrors errors) {
        node(root, true, false, errors);
    }

    private static void node(Structural schema, boolean root, boolean meta, FieldErrors errors) {
        var preset = schema.defaultValue();
        if (preset != null) {
            var at = errors.at("default");
            var found = new FieldErrors();
            var same = found.at(at.path());
            if (!meta && !Pruning.value(preset, schema).equals(preset)) {
                at.invalid(preset, "must not have unknown fields");
            }
            EmbeddedMetadata.check(preset, schema, same);
            if (found.isEmpty()) {
                ValueCheck.check(preset, schema, same);
            }
            errors.addAll(found.all());
        }
        var items = schema.items();
        if (items != null) {
            node(items, false, meta, errors.at("items"));
        }
        schema.properties()
                .forEach((name, property) -> {
                    var resource = root || schema.embedded();
                    var inner = resource ? META.contains(name) : meta;
                    node(property, false, inner, errors.at("properties").key(name));
                });
    }
}

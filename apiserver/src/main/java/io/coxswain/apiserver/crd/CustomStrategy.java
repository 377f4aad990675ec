package io.coxswain.apiserver.crd;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.meta.ObjectMeta.ManagedFieldsEntry;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.api.structural.Defaulting;
import io.coxswain.api.structural.EmbeddedMetadata;
import io.coxswain.api.structural.ListRules;
import io.coxswain.api.structural.Structural;
import io.coxswain.api.structural.ValueCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How objects of one version of a custom kind are treated: everything comes from its schema and
/// its subresources.
final class CustomStrategy {

    private static final String STATUS = "status";
    private static final String SCALE = "scale";

    private final VersionFacts facts;
    private final Structural schema;
    private final RuleCheck rules;
    private final Definition definition;

    private CustomStrategy(VersionParts parts, Structural schema, Definition definition) {
        this.facts = parts.facts();
        this.schema = schema;
        this.rules = parts.rules();
        this.definition = definition;
    }

    static Strategy<CustomObject> of(VersionParts parts, Structural schema, Definition definition) {
        var own = new CustomStrategy(parts, schema, definition);
        var facts = parts.facts();
        return Strategy.<CustomObject>standard()
                .withoutGeneration()
                .forbidUnconditionalUpdate()
                .subresources(facts.subresources().toArray(String[]::new))
                .resets("status", "metadata", "spec")
                .deprecated(facts.deprecation())
                .defaults(object -> object.with(Defaulting.apply(object.content(), schema)))
                .beforeCreate(own::created)
                .beforeUpdate(own::updated)
                .beforeStatusUpdate(CustomStrategy::statusUpdated)
                .validate(own::check)
                .validateUpdated((object, errors) -> {})
                .validateUpdate(own::checkUpdate)
                .validateStatusUpdate(own::checkStatusUpdate)
                .fields(own::selectable);
    }

    private CustomObject created(CustomObject object) {
        if (facts.terminating()) {
            throw Errors.of(
                    405,
                    "MethodNotAllowed",
                    "create not allowed while custom resource definition is terminating",
                    new StatusDetails(
                            "", object.kind().group(), object.kind().plural(), "", List.of(), 0));
        }
        var fresh = facts.has(STATUS) ? object.withoutStatus() : object;
        return fresh.with(Edit.with(object.metadata(), ObjectMeta::generation, 1L));
    }

    /// Everything but metadata, and the status where that is apart, counts as a new generation.
    private CustomObject updated(CustomObject old, CustomObject updated) {
        var kept = facts.has(STATUS) ? updated.withStatusOf(old) : updated;
        var generation = old.metadata().generation();
        if (!old.content().equals(kept.content())) {
            generation++;
        }
        var metadata =
                Edit.of(updated.metadata())
                        .set(ObjectMeta::generation, generation)
                        .change(ObjectMeta::managedFields, entries -> owners(entries, kept))
                        .done();
        return kept.with(metadata);
    }

    /// Upstream forgets all owners when an object cannot be seen in the version of one of them.
    private List<ManagedFieldsEntry> owners(List<ManagedFieldsEntry> entries, CustomObject object) {
        var foreign =
                entries.stream()
                        .map(ManagedFieldsEntry::apiVersion)
                        .filter(version -> !version.equals(object.kind().apiVersion()))
                        .distinct();
        return foreign.allMatch(version -> definition.knows(object.content(), version))
                ? timelessScale(entries)
                : List.of();
    }

    /// Upstream forgets when somebody scaled.
    private static List<ManagedFieldsEntry> timelessScale(List<ManagedFieldsEntry> entries) {
        if (entries.stream().noneMatch(entry -> entry.subresource().equals(SCALE))) {
            return entries;
        }
        return entries.stream()
                .map(entry ->
                        entry.subresource().equals(SCALE)
                                ? Edit.with(entry, ManagedFieldsEntry::time, null)
                                : entry)
                .sorted(
                        Comparator.comparing(ManagedFieldsEntry::operation)
                                .thenComparing(entry -> entry.time() != null))
                .toList();
    }

    private static CustomObject statusUpdated(CustomObject old, CustomObject updated) {
        var metadata =
                Edit.with(
                        old.metadata(),
                        ObjectMeta::managedFields,
                        updated.metadata().managedFields());
        return old.withStatusOf(updated).with(metadata);
    }

    private void check(CustomObject object, FieldErrors errors) {
        var tree = schemaView(object);
        ValueCheck.check(tree, schema, errors);
        checkScale(tree, errors);
        EmbeddedMetadata.check(object.content(), schema, errors);
        ListRules.check(object.content(), schema, errors);
        rules.check(object.tree(), null, errors);
    }

    private void checkUpdate(CustomObject old, CustomObject updated, FieldErrors errors) {
        var tree = schemaView(updated);
        ValueCheck.checkUpdate(schemaView(old), tree, schema, errors);
        checkScale(tree, errors);
        EmbeddedMetadata.check(updated.content(), schema, errors);
        var before = new FieldErrors();
        ListRules.check(old.content(), schema, before);
        if (before.isEmpty()) {
            ListRules.check(updated.content(), schema, errors);
        }
        rules.check(updated.tree(), old.tree(), errors);
    }

    private void checkStatusUpdate(CustomObject old, CustomObject updated, FieldErrors errors) {
        var status = updated.status();
        var inner = schema.properties().get(STATUS);
        if (status != null && inner != null) {
            ValueCheck.checkUpdate(old.status(), status, inner, errors.at(STATUS));
            ListRules.check(status, inner, errors.at(STATUS));
        }
        checkScale(schemaView(updated), errors);
        rules.check(updated.tree(), old.tree(), errors);
    }

    /// The object with the part of its metadata that a schema may restrict.
    private Json.Obj schemaView(CustomObject object) {
        var tree = object.tree();
        return schema.properties().containsKey("metadata")
                ? tree
                : tree.with("metadata", Json.EMPTY);
    }

    private void checkScale(Json.Obj tree, FieldErrors errors) {
        var scale = facts.scale();
        if (scale == null) {
            return;
        }
        replicas(tree, scale.specReplicasPath(), errors);
        replicas(tree, scale.statusReplicasPath(), errors);
        var selectorPath = Objects.requireNonNullElse(scale.labelSelectorPath(), "");
        if (!selectorPath.isEmpty()
                && ValuePath.parse(selectorPath).first(tree) instanceof Json.Str(var text)) {
            try {
                LabelSelectors.parse(text);
            } catch (IllegalArgumentException e) {
                errors.at(selectorPath).invalid(text, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void replicas(Json.Obj tree, String path, FieldErrors errors) {
        var value = ValuePath.parse(path).first(tree);
        if (!(value instanceof Json.Int(var count))) {
            return;
        }
        if (count < 0) {
            errors.at(path).invalid(count, "should be a non-negative integer");
        } else if (count > Integer.MAX_VALUE) {
            errors.at(path).invalid(count, "should be less than or equal to " + Integer.MAX_VALUE);
        }
    }

    /// By the names that field selectors use: `spec.color`.
    private Map<String, String> selectable(CustomObject object) {
        if (facts.selectable().isEmpty()) {
            return Map.of();
        }
        var tree = object.tree();
        var fields = new LinkedHashMap<String, String>();
        for (var path : new ArrayList<>(facts.selectable())) {
            var value = ValuePath.parse(path).first(tree);
            fields.put(path.startsWith(".") ? path.substring(1) : path, text(value));
        }
        return fields;
    }

    private static String text(@Nullable Json value) {
        return value == null || value instanceof Json.Null ? "" : ValuePath.text(value);
    }
}

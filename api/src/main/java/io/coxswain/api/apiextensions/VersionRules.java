package io.coxswain.api.apiextensions;

import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceColumnDefinition;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionSpec;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionVersion;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceSubresources;
import io.coxswain.api.apiextensions.CustomResourceDefinition.SelectableField;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.structural.Structural;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What each version of a definition may say: its schema, subresources, columns and selectable
/// fields.
final class VersionRules {

    private static final List<String> COLUMN_TYPES =
            List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> COLUMN_FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
    private static final Set<String> SELECTABLE = Set.of("string", "boolean", "integer");
    private static final int SELECTABLE_MAX = 8;
    private static final int WARNING_BYTES_MAX = 256;

    private VersionRules() {}

    /// @param errors at `spec`
    static void check(CustomResourceDefinitionSpec spec, FieldErrors errors) {
        var hoisted = Hoisted.of(spec);
        var anyStatus = spec.versions().stream().anyMatch(VersionRules::hasStatus);
        for (var i = 0; i < spec.versions().size(); i++) {
            var version = spec.versions().get(i);
            var own = errors.at("versions").at(i);
            deprecation(version, own.at("deprecationWarning"));
            var schema = schema(version);
            if (schema != null && (!hoisted.schema() || i == 0)) {
                var at = hoisted.schema() ? errors.at("validation") : own.at("schema");
                var status = hoisted.schema() ? anyStatus : hasStatus(version);
                SchemaRules.check(schema, status, at.at("openAPIV3Schema"));
            }
            if (!hoisted.subresources() || i == 0) {
                var at = hoisted.subresources() ? errors : own;
                scale(version.subresources(), at.at("subresources"));
            }
            if (!hoisted.columns() || i == 0) {
                var at = hoisted.columns() ? errors : own;
                columns(version.additionalPrinterColumns(), at.at("additionalPrinterColumns"));
            }
            if (schema != null && (!hoisted.selectable() || i == 0)) {
                var at = hoisted.selectable() ? errors : own;
                selectable(version.selectableFields(), schema, at.at("selectableFields"));
            }
        }
    }

    static @Nullable Structural schema(CustomResourceDefinitionVersion version) {
        var validation = version.schema();
        var props = validation == null ? null : validation.openAPIV3Schema();
        return props == null ? null : Structural.of(RecordWriter.toTree(props));
    }

    private static boolean hasStatus(CustomResourceDefinitionVersion version) {
        var subresources = version.subresources();
        return subresources != null
                && subresources.status() != null
                && !(subresources.status() instanceof Json.Null);
    }

    private static void deprecation(CustomResourceDefinitionVersion version, FieldErrors errors) {
        var warning = version.deprecationWarning();
        if (warning == null) {
            return;
        }
        if (!version.deprecated()) {
            errors.invalid(warning, "can only be set for deprecated versions");
            return;
        }
        if (warning.length() > WARNING_BYTES_MAX) {
            errors.invalid(warning, "must be <= 256 characters long");
        }
        if (warning.isEmpty()) {
            errors.invalid(warning, "must not be an empty string");
        }
        for (var i = 0; i < warning.length(); i++) {
            if (Character.isISOControl(warning.charAt(i))) {
                errors.invalid(
                        warning,
                        "must only contain printable UTF-8 characters; non-printable character"
                                + " found at index "
                                + i);
                return;
            }
        }
    }

    private static void scale(@Nullable CustomResourceSubresources all, FieldErrors errors) {
        var scale = all == null ? null : all.scale();
        if (scale == null) {
            return;
        }
        path(scale.specReplicasPath(), ".spec.", errors.at("scale.specReplicasPath"));
        path(scale.statusReplicasPath(), ".status.", errors.at("scale.statusReplicasPath"));
        var selector = scale.labelSelectorPath();
        if (selector != null && !selector.isEmpty()) {
            var at = errors.at("scale.labelSelectorPath");
            if (!selector.startsWith(".")) {
                at.invalid(selector, "must be a simple json path starting with .");
            } else if (!selector.startsWith(".spec.") && !selector.startsWith(".status.")) {
                at.invalid(selector, "should be a json path under either .spec or .status");
            }
        }
    }

    private static void path(String path, String root, FieldErrors errors) {
        if (path.isEmpty()) {
            errors.required("");
        } else if (!path.startsWith(".")) {
            errors.invalid(path, "must be a simple json path starting with .");
        } else if (!path.startsWith(root)) {
            var name = root.substring(0, root.length() - 1);
            errors.invalid(path, "should be a json path under " + name);
        }
    }

    private static void columns(List<CustomResourceColumnDefinition> columns, FieldErrors errors) {
        for (var i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var at = errors.at(i);
            if (column.name().isEmpty()) {
                at.at("name").required("");
            }
            var types = "must be one of " + String.join(",", COLUMN_TYPES);
            if (column.type().isEmpty()) {
                at.at("type").required(types);
            } else if (!COLUMN_TYPES.contains(column.type())) {
                at.at("type").invalid(column.type(), types);
            }
            if (!column.format().isEmpty() && !COLUMN_FORMATS.contains(column.format())) {
                at.at("format")
                        .invalid(
                                column.format(),
                                "must be one of " + String.join(",", COLUMN_FORMATS));
            }
            if (column.jsonPath().isEmpty()) {
                at.at("JSONPath").required("");
            } else if (!column.jsonPath().startsWith(".")) {
                at.at("JSONPath")
                        .invalid(column.jsonPath(), "must be a simple json path starting with .");
            }
        }
    }

    private static void selectable(
            List<SelectableField> fields, Structural schema, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < fields.size(); i++) {
            var path = fields.get(i).jsonPath();
            var at = errors.at(i).at("jsonPath");
            if (path.isEmpty()) {
                at.required("");
                continue;
            }
            var found = FieldPaths.find(path, schema);
            if (found == null) {
                at.invalid(path, "is an invalid path: does not refer to a valid field");
                continue;
            }
            if (path.startsWith(".metadata")) {
                at.invalid(path, "must not point to fields in metadata");
            }
            if (!SELECTABLE.contains(found.type())) {
                at.invalid(
                        path,
                        "must point to a field of type string, boolean or integer. Enum string"
                                + " fields and strings with formats are allowed.");
            }
            if (!seen.add(path)) {
                at.duplicate(path);
            }
        }
        if (seen.size() > SELECTABLE_MAX) {
            errors.tooMany(seen.size(), SELECTABLE_MAX);
        }
    }
}

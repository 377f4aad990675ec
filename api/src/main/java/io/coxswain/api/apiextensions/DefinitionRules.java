package io.coxswain.api.apiextensions;

import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionNames;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionSpec;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionVersion;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// What a definition may say, apart from its schemas and conversion.
final class DefinitionRules {

    private static final List<String> SCOPES = List.of("Cluster", "Namespaced");

    private DefinitionRules() {}

    static void checkNew(CustomResourceDefinition definition, FieldErrors errors) {
        var spec = definition.spec();
        if (!definition.name().equals(spec.names().plural() + "." + spec.group())) {
            errors.at("metadata")
                    .at("name")
                    .invalid(definition.name(), "must be spec.names.plural+\".\"+spec.group");
        }
        check(definition, errors);
    }

    static void check(CustomResourceDefinition definition, FieldErrors errors) {
        var spec = definition.spec();
        spec(spec, errors.at("spec"));
        names(definition.status().acceptedNames(), errors.at("status").at("acceptedNames"));
        storedVersions(definition, errors.at("status").at("storedVersions"));
        ApprovalRules.check(definition, errors);
        if (spec.preserveUnknownFields()) {
            errors.at("spec")
                    .at("preserveUnknownFields")
                    .invalid(
                            true,
                            "cannot set to true, set x-kubernetes-preserve-unknown-fields to true"
                                    + " in spec.versions[*].schema instead");
        }
    }

    static void checkUpdate(
            CustomResourceDefinition old, CustomResourceDefinition updated, FieldErrors errors) {
        var at = errors.at("spec");
        var before = old.spec();
        var after = updated.spec();
        var established =
                old.status().conditions().stream()
                        .anyMatch(c -> c.type().equals("Established") && c.status().equals("True"));
        var names = at.at("names");
        if (established) {
            Values.immutable(before.scope(), after.scope(), at.at("scope"));
            Values.immutable(before.names().kind(), after.names().kind(), names.at("kind"));
        }
        Values.immutable(before.group(), after.group(), at.at("group"));
        Values.immutable(before.names().plural(), after.names().plural(), names.at("plural"));
    }

    static void checkStatusUpdate(
            CustomResourceDefinition old, CustomResourceDefinition updated, FieldErrors errors) {
        names(updated.status().acceptedNames(), errors.at("status").at("acceptedNames"));
    }

    private static void spec(CustomResourceDefinitionSpec spec, FieldErrors errors) {
        group(spec.group(), errors.at("group"));
        Values.requiredOneOf(spec.scope(), SCOPES, errors.at("scope"));
        versions(spec, errors.at("versions"));
        var names = errors.at("names");
        Values.required(spec.names().plural(), names.at("plural"));
        Values.required(spec.names().singular(), names.at("singular"));
        Values.required(spec.names().kind(), names.at("kind"));
        Values.required(spec.names().listKind(), names.at("listKind"));
        names(spec.names(), names);
        VersionRules.check(spec, errors);
        ConversionRules.check(spec.conversion(), errors.at("conversion"));
    }

    private static void group(String group, FieldErrors errors) {
        var problems = Names.subdomain(group);
        if (group.isEmpty()) {
            errors.required("");
        } else if (!problems.isEmpty()) {
            errors.invalid(group, String.join(",", problems));
        } else if (!group.contains(".")) {
            errors.invalid(group, "should be a domain with at least one dot");
        }
    }

    private static void versions(CustomResourceDefinitionSpec spec, FieldErrors errors) {
        var all = spec.versions();
        var seen = new HashSet<String>();
        var unique = true;
        for (var i = 0; i < all.size(); i++) {
            var name = all.get(i).name();
            unique &= seen.add(name);
            label(name, "", errors.at(i).at("name"));
            var validation = all.get(i).schema();
            if (validation == null || validation.openAPIV3Schema() == null) {
                errors.at(i).at("schema").at("openAPIV3Schema").required("");
            }
        }
        var shown = Hoisted.of(spec).versions(spec);
        if (!unique) {
            errors.invalid(shown, "must contain unique version names");
        }
        var stored = all.stream().filter(CustomResourceDefinitionVersion::storage).count();
        if (stored != 1) {
            errors.invalid(shown, "must have exactly one version marked as storage version");
        }
    }

    private static void names(CustomResourceDefinitionNames names, FieldErrors errors) {
        optionalLabel(names.plural(), "", errors.at("plural"));
        optionalLabel(names.singular(), "", errors.at("singular"));
        var mixed = "may have mixed case, but should otherwise match: ";
        optionalLabel(names.kind(), mixed, errors.at("kind"));
        optionalLabel(names.listKind(), mixed, errors.at("listKind"));
        for (var i = 0; i < names.shortNames().size(); i++) {
            label(names.shortNames().get(i), "", errors.at("shortNames").at(i));
        }
        if (!names.kind().isEmpty() && names.kind().equals(names.listKind())) {
            errors.at("listKind")
                    .invalid(names.listKind(), "kind and listKind may not be the same");
        }
        for (var i = 0; i < names.categories().size(); i++) {
            label(names.categories().get(i), "", errors.at("categories").at(i));
        }
    }

    private static void optionalLabel(String text, String before, FieldErrors errors) {
        if (!text.isEmpty()) {
            label(text, before, errors);
        }
    }

    private static void label(String text, String before, FieldErrors errors) {
        var tested = before.isEmpty() ? text : text.toLowerCase(Locale.ROOT);
        var problems = Names.label1035(tested);
        if (!problems.isEmpty()) {
            errors.invalid(text, before + String.join(",", problems));
        }
    }

    private static void storedVersions(CustomResourceDefinition definition, FieldErrors errors) {
        var stored = definition.status().storedVersions();
        if (stored.isEmpty()) {
            errors.invalid(null, "must have at least one stored version");
            return;
        }
        var names = new HashSet<String>();
        for (var version : definition.spec().versions()) {
            names.add(version.name());
            if (version.storage() && !stored.contains(version.name())) {
                errors.invalid(stored, "must have the storage version " + version.name());
            }
        }
        for (var i = 0; i < stored.size(); i++) {
            var name = stored.get(i);
            if (!names.contains(name)) {
                errors.at(i)
                        .invalid(
                                name,
                                "missing from spec.versions; "
                                        + name
                                        + " was previously a storage version, and must remain in"
                                        + " spec.versions until a storage migration ensures no"
                                        + " data remains persisted in "
                                        + name
                                        + " and removes "
                                        + name
                                        + " from status.storedVersions");
            }
        }
    }
}

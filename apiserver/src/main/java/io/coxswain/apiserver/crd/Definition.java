package io.coxswain.apiserver.crd;

import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionVersion;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.structural.Pruning;
import io.coxswain.api.structural.Structural;
import io.coxswain.storage.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A CustomResourceDefinition, understood: its versions, which of them is stored, and how objects
/// get from one to another.
final class Definition {

    private final CustomResourceDefinition source;
    private final Map<String, CustomVersion> versions = new LinkedHashMap<>();
    private final Converter converter;

    /// @param rules makes the check of a schema's CEL rules
    /// @param lines by the name of the version
    Definition(
            CustomResourceDefinition source,
            Converter converter,
            Function<Structural, RuleCheck> rules,
            Function<String, Lifeline> lines) {
        this.source = source;
        this.converter = converter;
        for (var version : source.spec().versions()) {
            var line = lines.apply(version.name());
            versions.put(version.name(), version(version, rules, line));
        }
    }

    private CustomVersion version(
            CustomResourceDefinitionVersion version,
            Function<Structural, RuleCheck> rules,
            Lifeline line) {
        var kind = kind(version.name());
        var schema = schemaOf(version);
        var parts =
                new VersionParts(
                        VersionFacts.of(version, kind, source.deleting()),
                        CustomColumns.of(version.additionalPrinterColumns()),
                        rules.apply(schema),
                        line);
        return new CustomVersion(this, kind, schema, parts);
    }

    private static Structural schemaOf(CustomResourceDefinitionVersion version) {
        var validation = version.schema();
        var props = validation == null ? null : validation.openAPIV3Schema();
        return props == null ? Structural.EMPTY : Structural.of(RecordWriter.toTree(props));
    }

    private ResourceKind<CustomObject> kind(String version) {
        var names = source.status().acceptedNames();
        return new ResourceKind<>(
                source.spec().group(),
                version,
                names.kind(),
                names.plural(),
                names.singular(),
                names.shortNames(),
                names.categories(),
                source.spec().scope().equals("Cluster") ? Scope.CLUSTER : Scope.NAMESPACED,
                names.listKind(),
                null);
    }

    CustomResourceDefinition source() {
        return source;
    }

    /// The version behind a path; null for one that is not served.
    @Nullable CustomVersion served(String version) {
        var declared =
                source.spec().versions().stream()
                        .filter(v -> v.name().equals(version) && v.served())
                        .findFirst();
        return declared.isPresent() ? versions.get(version) : null;
    }

    Map<String, CustomVersion> versions() {
        return versions;
    }

    Converter converter() {
        return converter;
    }

    /// The version that objects are written in.
    CustomVersion stores() {
        for (var version : source.spec().versions()) {
            if (version.storage()) {
                return Objects.requireNonNull(versions.get(version.name()));
            }
        }
        throw new IllegalStateException(source.name() + " has no storage version");
    }

    boolean storedAsNow(Entry entry) {
        return TypeMeta.of(entry.bytes())
                .apiVersion()
                .equals(stores().served().kind().apiVersion());
    }

    /// Whether the schema of a version has every field of `content`.
    boolean knows(Json.Obj content, String apiVersion) {
        var version = versions.get(apiVersion.substring(apiVersion.indexOf('/') + 1));
        if (version == null) {
            return false;
        }
        var unknown = new ArrayList<String>();
        Pruning.prune(content, version.schema(), unknown::add);
        return unknown.isEmpty();
    }

    /// A stored tree as the schema of its own version has it.
    Json.Obj normal(Json.Obj stored) {
        var apiVersion = stored.text("apiVersion");
        var version = versions.get(apiVersion.substring(apiVersion.indexOf('/') + 1));
        return version == null ? stored : version.normalTree(stored);
    }
}

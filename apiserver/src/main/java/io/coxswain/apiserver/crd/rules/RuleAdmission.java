package io.coxswain.apiserver.crd.rules;

import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionVersion;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.structural.Structural;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles the rules of a definition that is written, and refuses it when one is wrong or too
/// dear. Runs behind all other checks, because it needs a schema that makes sense. A schema that an
/// update leaves as it was is not asked again.
public record RuleAdmission() implements AdmissionPlugin {

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (!(object instanceof CustomResourceDefinition definition)
                || !request.subresource().isEmpty()
                || definition.deleting()) {
            return;
        }
        var errors = new FieldErrors();
        check(
                definition,
                request.old() instanceof CustomResourceDefinition old ? old : null,
                errors.at("spec"));
        if (!errors.isEmpty()) {
            var kind = request.kind();
            throw Errors.invalid(kind.group(), kind.kind(), definition.name(), errors.all());
        }
    }

    private static void check(
            CustomResourceDefinition definition,
            @Nullable CustomResourceDefinition old,
            FieldErrors errors) {
        var versions = definition.spec().versions();
        var before = old == null ? Set.<Object>of() : schemas(old);
        // A schema that all versions share is checked once, and reported as one.
        var shared = schemas(definition).size() == 1;
        for (var i = 0; i < versions.size() && (i == 0 || !shared); i++) {
            var schema = schemaOf(versions.get(i));
            if (schema == null || before.contains(schema)) {
                continue;
            }
            var at = shared ? errors.at("validation") : errors.at("versions").at(i).at("schema");
            new DefinitionRuleCheck(at.at("openAPIV3Schema")).check(Structural.of(schema));
        }
    }

    private static Set<Object> schemas(CustomResourceDefinition definition) {
        var all = new HashSet<>();
        for (var version : definition.spec().versions()) {
            all.add(Objects.requireNonNullElse(schemaOf(version), ""));
        }
        return all;
    }

    private static Json.@Nullable Obj schemaOf(CustomResourceDefinitionVersion version) {
        var validation = version.schema();
        var props = validation == null ? null : validation.openAPIV3Schema();
        return props == null ? null : RecordWriter.toTree(props);
    }
}

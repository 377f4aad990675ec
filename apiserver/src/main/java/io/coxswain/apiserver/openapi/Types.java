package io.coxswain.apiserver.openapi;

import io.coxswain.api.authentication.SelfSubjectReview;
import io.coxswain.api.authentication.TokenRequest;
import io.coxswain.api.authentication.TokenReview;
import io.coxswain.api.authorization.LocalSubjectAccessReview;
import io.coxswain.api.authorization.SelfSubjectAccessReview;
import io.coxswain.api.authorization.SelfSubjectRulesReview;
import io.coxswain.api.authorization.SubjectAccessReview;
import io.coxswain.api.autoscaling.Scale;
import io.coxswain.api.core.Binding;
import io.coxswain.api.json.Json;
import io.coxswain.api.policy.Eviction;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.apiserver.discovery.ResourceEntry;
import io.coxswain.apiserver.registry.Catalog;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which record a resource or subresource is written as.
record Types(Catalog catalog) {

    /// Kinds that are never stored.
    private static final Map<String, Class<?>> PASSING =
            Map.of(
                    "Binding", Binding.class,
                    "Eviction", Eviction.class,
                    "Scale", Scale.class,
                    "TokenRequest", TokenRequest.class,
                    "TokenReview", TokenReview.class,
                    "SelfSubjectReview", SelfSubjectReview.class,
                    "SubjectAccessReview", SubjectAccessReview.class,
                    "LocalSubjectAccessReview", LocalSubjectAccessReview.class,
                    "SelfSubjectAccessReview", SelfSubjectAccessReview.class,
                    "SelfSubjectRulesReview", SelfSubjectRulesReview.class);

    /// The name of the schema of what `entry` answers with; empty where that is not known.
    String schemaOf(ResourceEntry entry, Schemas schemas) {
        var type = typeOf(entry);
        if (type != null) {
            speakOf(entry, schemas);
            return schemas.name(type);
        }
        var custom = customSchema(entry);
        return custom == null
                ? ""
                : new CustomSchemas(schemas).object(custom.kind(), custom.schema());
    }

    /// The name of the schema of a list of `entry`.
    String listOf(ResourceEntry entry, Schemas schemas) {
        var custom = customSchema(entry);
        if (custom != null) {
            return new CustomSchemas(schemas).list(custom.kind(), custom.schema());
        }
        var type = typeOf(entry);
        if (type == null) {
            return "";
        }
        speakOf(entry, schemas);
        var name = schemas.name(type) + "List";
        var names = Schemas.groupVersionKind(entry.group(), entry.version(), entry.kind() + "List");
        schemas.add(name, schemas.list(type, names));
        return name;
    }

    private void speakOf(ResourceEntry entry, Schemas schemas) {
        var kind = catalog.find(entry.group(), entry.version(), entry.parent());
        if (kind != null && kind.kind().type() != null) {
            schemas.speakOf(kind.kind().type(), entry.version());
        }
    }

    boolean isCustom(ResourceEntry entry) {
        return customSchema(entry) != null;
    }

    /// A custom kind and its schema.
    private record Custom(ResourceKind<?> kind, Json.Obj schema) {}

    private @Nullable Custom customSchema(ResourceEntry entry) {
        var kind = catalog.find(entry.group(), entry.version(), entry.parent());
        var schema = kind == null ? null : kind.codec().published();
        return kind == null || schema == null ? null : new Custom(kind.kind(), schema);
    }

    private @Nullable Class<?> typeOf(ResourceEntry entry) {
        var passing = PASSING.get(entry.kind());
        if (passing != null) {
            return passing;
        }
        var kind = catalog.find(entry.group(), entry.version(), entry.parent());
        return kind == null ? null : kind.kind().type();
    }
}

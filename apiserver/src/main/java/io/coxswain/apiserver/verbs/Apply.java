package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One server-side apply: what its manager wants the object to look like is merged with what the
/// others own; creates the object when there is none.
record Apply<T>(ResourceCall<T> call, Representation representation) {

    Response run() {
        var options = call.options();
        var applied = configuration();
        requireManager();
        checkName(applied);
        var current = call.registry().find(call.key());
        if (current == null && call.part().subresource().isEmpty()) {
            return create(applied, options);
        }
        var decision =
                call.registry()
                        .update(
                                call.call(),
                                call.kind(),
                                call.key(),
                                call.part(),
                                stored -> merged(stored, applied, options),
                                options.applying());
        return representation.one(call, 200, decision.entry());
    }

    private Response create(Json.Obj applied, WriteOptions options) {
        var object = merged(null, applied, options);
        var entry =
                call.registry()
                        .create(
                                call.call(),
                                call.kind(),
                                call.namespace(),
                                object,
                                options.applying());
        return representation.one(call, 201, entry);
    }

    /// What the object becomes, its managed fields included.
    private T merged(@Nullable T stored, Json.Obj applied, WriteOptions options) {
        var codec = call.kind().codec();
        var problems = new Problems();
        codec.fromTree(applied, problems);
        Bodies.report(call, problems, options);
        var live = stored == null ? codec.emptyTree() : codec.toTree(stored);
        var merged =
                call.kind()
                        .managedFields(call.part())
                        .apply(
                                live,
                                applied,
                                options.fieldManager(),
                                options.force(),
                                call.registry().clock().now());
        return codec.fromTree(merged, new Problems());
    }

    private Json.Obj configuration() {
        var body = call.call().request().body();
        if (!(Received.yaml(body) instanceof Json.Obj applied)) {
            throw Errors.badRequest("error decoding YAML: the configuration must be an object");
        }
        TypeCheck.check(
                new TypeMeta(applied.text("apiVersion"), applied.text("kind")), call.kind().kind());
        if (applied.text("kind").isEmpty() || applied.text("apiVersion").isEmpty()) {
            throw Errors.badRequest("Object 'Kind' is missing in the applied configuration");
        }
        if (!applied.object("metadata").items("managedFields").isEmpty()) {
            throw Errors.badRequest("metadata.managedFields must be nil");
        }
        return applied;
    }

    private void requireManager() {
        var manager = call.query().first("fieldManager");
        if (manager == null || manager.isEmpty()) {
            var errors = new FieldErrors();
            errors.at("fieldManager").required("is required for apply patch");
            throw Errors.invalid("meta.k8s.io", "PatchOptions", "", List.copyOf(errors.all()));
        }
    }

    private void checkName(Json.Obj applied) {
        var name = applied.object("metadata").text("name");
        if (name.isEmpty()) {
            throw Errors.badRequest(
                    "the name of the object ("
                            + call.name()
                            + " based on URL) was undeterminable: name must be provided");
        }
        Names.checkName(call, name);
        var namespace = applied.object("metadata").text("namespace");
        if (!namespace.isEmpty()) {
            Names.checkNamespace(call, namespace);
        }
    }
}

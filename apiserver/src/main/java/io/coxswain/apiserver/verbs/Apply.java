package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import org.jspecify.annotations.Nullable;

/// One server-side apply: what its manager wants the object to look like is merged with what the
/// others own; creates the object when there is none.
record Apply<T>(ResourceCall<T> call, Representation representation) {

    Response run() {
        var options = call.options();
        var applied = configuration();
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
        if (stored != null) {
            var named = codec.metadata(codec.fromTree(applied, new Problems()));
            Names.checkUid(call, codec.metadata(stored), named);
        }
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
        var applied = object(body);
        var apiVersion = applied.text("apiVersion");
        var kind = call.kind().kind();
        if (!applied.text("kind").equals(kind.kind()) || !apiVersion.equals(kind.apiVersion())) {
            var group = apiVersion.contains("/") ? "" : "/";
            throw Errors.badRequest(
                    "invalid object type: "
                            + group
                            + apiVersion
                            + ", Kind="
                            + applied.text("kind"));
        }
        if (!applied.object("metadata").items("managedFields").isEmpty()) {
            throw Errors.badRequest("metadata.managedFields must be nil");
        }
        return applied;
    }

    private static Json.Obj object(Payload body) {
        Json applied;
        try {
            applied = Bodies.yaml(body);
        } catch (DecodeError e) {
            throw Errors.badRequest(
                    "error decoding YAML: error converting YAML to JSON: " + e.getMessage());
        }
        return switch (applied) {
            case Json.Obj object -> object;
            case Json.Null nothing -> Json.EMPTY;
            default ->
                    throw Errors.badRequest(
                            "error decoding YAML: error unmarshaling JSON: while decoding JSON:"
                                    + " json: cannot unmarshal "
                                    + typeOf(applied)
                                    + " into Go value of type map[string]interface {}");
        };
    }

    /// What Go calls it.
    private static String typeOf(Json value) {
        return switch (value) {
            case Json.Arr items -> "array";
            case Json.Str text -> "string";
            case Json.Bool truth -> "bool";
            case Json.Int number -> "number";
            case Json.Real number -> "number";
            case Json.Obj object -> "object";
            case Json.Null nothing -> "null";
        };
    }

    private void checkName(Json.Obj applied) {
        var name = applied.object("metadata").text("name");
        if (name.isEmpty()) {
            throw Names.undeterminable(call);
        }
        Names.checkName(call, name);
        var namespace = applied.object("metadata").text("namespace");
        if (!namespace.isEmpty()) {
            Names.checkNamespace(call, namespace);
        }
    }
}

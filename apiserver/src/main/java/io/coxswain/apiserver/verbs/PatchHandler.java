package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.patch.JsonPatch;
import io.coxswain.api.patch.MergePatch;
import io.coxswain.api.patch.StrategicMergePatch;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.media.MediaType;
import io.coxswain.apiserver.registry.PatchedText;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Response;
import java.util.List;
import java.util.function.UnaryOperator;

/// Serves `PATCH …/{name}`, in four formats. The stored object is taken as a tree, because a record
/// forgets which fields were sent.
record PatchHandler(Representation representation) implements VerbHandler {

    /// Strategic merge knows only the kinds that are built in.
    private static final List<String> CUSTOM_FORMATS =
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/apply-patch+yaml");

    @Override
    public <T> Response handle(ResourceCall<T> call) {
        var request = call.call().request();
        var type = MediaType.bare(request.header("content-type"));
        var options = call.options();
        return switch (type) {
            case "application/json-patch+json" -> {
                var patch = JsonPatch.read(request.body().bytes());
                yield patch(
                        call,
                        options,
                        tree -> object(patch.apply(tree)),
                        PatchedText.byJsonPatch());
            }
            case "application/merge-patch+json" -> {
                var patch = MergePatch.read(request.body().bytes());
                yield patch(
                        call,
                        options,
                        tree -> MergePatch.apply(tree, patch),
                        PatchedText.byMergePatch(patch));
            }
            case "application/strategic-merge-patch+json" -> {
                if (call.kind().kind().type() == null) {
                    throw Errors.unsupportedMediaType(CUSTOM_FORMATS);
                }
                var patch = MergePatch.read(request.body().bytes());
                var schema = call.kind().schema().get();
                yield patch(
                        call,
                        options,
                        tree -> StrategicMergePatch.apply(tree, patch, schema),
                        PatchedText.strategic(patch));
            }
            case "application/apply-patch+yaml" -> new Apply<>(call, representation).run();
            default ->
                    throw Errors.of(
                            415,
                            "UnsupportedMediaType",
                            "415: Unsupported Media Type",
                            new StatusDetails("", "", "", "", List.of(), 0));
        };
    }

    private <T> Response patch(
            ResourceCall<T> call,
            WriteOptions options,
            UnaryOperator<Json.Obj> change,
            PatchedText text) {
        var codec = call.kind().codec();
        var decision =
                call.registry()
                        .update(
                                call.call(),
                                call.kind(),
                                call.key(),
                                call.part(),
                                stored -> {
                                    var problems = new Problems();
                                    var tree = change.apply(codec.toTree(stored));
                                    checkType(call, text, tree);
                                    var patched = text.read(codec, tree, problems);
                                    report(call, problems, options, text, tree);
                                    checkNames(call, codec.metadata(patched));
                                    Names.checkUid(
                                            call, codec.metadata(stored), codec.metadata(patched));
                                    return patched;
                                },
                                options);
        return representation.one(call, 200, decision.entry());
    }

    private static void checkType(ResourceCall<?> call, PatchedText text, Json.Obj tree) {
        if (!text.whole()) {
            return;
        }
        try {
            TypeCheck.checkPatched(tree, call.kind().kind());
        } catch (ApiError error) {
            throw text.refused(tree, error);
        }
    }

    private static void report(
            ResourceCall<?> call,
            Problems problems,
            WriteOptions options,
            PatchedText text,
            Json.Obj tree) {
        try {
            Bodies.report(call, problems, options);
        } catch (ApiError strict) {
            throw text.refused(tree, strict);
        }
    }

    /// A patch does not rename.
    private static void checkNames(ResourceCall<?> call, ObjectMeta patched) {
        Names.checkName(call, patched.name());
        Names.checkNamespace(call, patched.namespace());
    }

    private static Json.Obj object(Json json) {
        if (json instanceof Json.Obj object) {
            return object;
        }
        throw Errors.badRequest("the patch must be a JSON object");
    }
}

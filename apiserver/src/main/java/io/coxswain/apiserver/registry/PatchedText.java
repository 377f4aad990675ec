package io.coxswain.apiserver.registry;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads what a patch has made of an object. When that is no object of the kind any more, the
/// refusal quotes it the way upstream's patches write it.
///
/// @param whole whether the object is read again as a whole, its kind included
/// @param quoted the text for the error, from the patched tree
public record PatchedText(boolean whole, Function<Json.Obj, String> quoted) {

    /// A JSON patch keeps what it does not touch as it was, and sorts the top.
    public static PatchedText byJsonPatch() {
        return new PatchedText(true, tree -> json(sorted(tree, Json.EMPTY)));
    }

    /// A merge patch sorts every level that it enters.
    public static PatchedText byMergePatch(Json.Obj patch) {
        return new PatchedText(true, tree -> json(sorted(tree, patch)));
    }

    /// A strategic merge patch is shown itself, as Go prints a map.
    public static PatchedText strategic(Json.Obj patch) {
        return new PatchedText(false, tree -> go(patch));
    }

    public <T> T read(ObjectCodec<T> codec, Json.Obj tree, Problems problems) {
        try {
            return codec.fromTree(tree, problems);
        } catch (ApiError error) {
            throw refused(tree, error);
        }
    }

    /// The refusal of a patch that made `tree`, which cannot be read for the reason in `error`.
    public ApiError refused(Json.Obj tree, ApiError error) {
        var errors = new FieldErrors();
        errors.at("patch").invalid(quoted.apply(tree), reason(error));
        return Errors.invalid("", "", "", errors.all());
    }

    /// `Pod in version "v1" cannot be handled as a Pod: json: …` without what the kind adds.
    private static String reason(ApiError error) {
        var message = String.valueOf(error.getMessage());
        var marker = " cannot be handled as a ";
        var start = message.indexOf(marker);
        var colon = start < 0 ? -1 : message.indexOf(": ", start);
        return colon < 0 ? message : message.substring(colon + 2);
    }

    private static String json(Json.Obj tree) {
        return new String(JsonWriter.write(tree), StandardCharsets.UTF_8);
    }

    private static Json.Obj sorted(Json.Obj tree, Json.Obj patch) {
        var fields = new LinkedHashMap<String, Json>();
        new TreeMap<>(tree.fields())
                .forEach((name, value) -> {
                    var entered =
                            value instanceof Json.Obj inner
                                            && patch.get(name) instanceof Json.Obj change
                                    ? sorted(inner, change)
                                    : value;
                    fields.put(name, entered);
                });
        return new Json.Obj(fields);
    }

    /// `map[data:map[x:5]]`.
    private static String go(Json value) {
        return switch (value) {
            case Json.Obj object ->
                    new TreeMap<>(object.fields())
                            .entrySet().stream()
                                    .map(field -> field.getKey() + ":" + go(field.getValue()))
                                    .collect(Collectors.joining(" ", "map[", "]"));
            case Json.Arr items ->
                    items.items().stream()
                            .map(PatchedText::go)
                            .collect(Collectors.joining(" ", "[", "]"));
            case Json.Str text -> text.value();
            case Json.Null nothing -> "<nil>";
            default -> new String(JsonWriter.write(value), StandardCharsets.UTF_8);
        };
    }
}

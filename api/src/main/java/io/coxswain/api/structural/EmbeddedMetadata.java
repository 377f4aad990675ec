package io.coxswain.api.structural;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.MetadataRules;
import io.coxswain.api.validation.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The metadata of objects, and of objects embedded in them: it is what it is for built-in kinds,
/// whatever a schema says.
@SuppressWarnings("ReferenceEquality") // What nothing is dropped from stays the same instance.
public final class EmbeddedMetadata {

    private EmbeddedMetadata() {}

    /// Reads metadata at `path`; throws [DecodeError] for what cannot be metadata.
    public static ObjectMeta read(Json.Obj metadata, String path, Problems problems) {
        var own = new Problems();
        var read = RecordReader.fromTree(ObjectMeta.class, metadata, own);
        for (var problem : own.all()) {
            problems.add(problem.replaceFirst(" field \"", " field \"" + path + "."));
        }
        return read;
    }

    /// The content of an object with the metadata of its embedded objects reduced to what metadata
    /// can have.
    public static Json.Obj coerce(Json.Obj content, Structural schema, Problems problems) {
        return any(content, schema, "", problems) instanceof Json.Obj object ? object : content;
    }

    private static Json any(
            Json value, @Nullable Structural schema, String path, Problems problems) {
        if (schema == null) {
            return value;
        }
        return switch (value) {
            case Json.Obj object -> object(object, schema, path, problems);
            case Json.Arr list -> list(list, schema, path, problems);
            case Json.Str s -> s;
            case Json.Int i -> i;
            case Json.Real r -> r;
            case Json.Bool b -> b;
            case Json.Null n -> n;
        };
    }

    private static Json object(Json.Obj object, Structural schema, String path, Problems problems) {
        LinkedHashMap<String, Json> changed = null;
        for (var field : object.fields().entrySet()) {
            var name = field.getKey();
            var below = path.isEmpty() ? name : path + "." + name;
            var next =
                    schema.embedded() && name.equals("metadata")
                            ? metadata(field.getValue(), below, problems)
                            : any(field.getValue(), schema.at(name), below, problems);
            if (next != field.getValue()) {
                changed = changed == null ? new LinkedHashMap<>(object.fields()) : changed;
                changed.put(name, next);
            }
        }
        return changed == null ? object : new Json.Obj(changed);
    }

    private static Json list(Json.Arr list, Structural schema, String path, Problems problems) {
        var inner = schema.items();
        if (inner == null) {
            return list;
        }
        List<Json> items = new ArrayList<>(list.items().size());
        var changed = false;
        for (var item : list.items()) {
            var next = any(item, inner, path + "[" + items.size() + "]", problems);
            changed |= next != item;
            items.add(next);
        }
        return changed ? new Json.Arr(items) : list;
    }

    private static Json metadata(Json value, String path, Problems problems) {
        if (!(value instanceof Json.Obj object)) {
            return value;
        }
        try {
            return RecordWriter.toTree(read(object, path, problems));
        } catch (DecodeError e) {
            return value; // Found by the check.
        }
    }

    /// Reports embedded objects that are none: without kind or version, or with bad metadata.
    public static void check(Json value, @Nullable Structural schema, FieldErrors errors) {
        if (schema == null) {
            return;
        }
        switch (value) {
            case Json.Obj object -> {
                if (schema.embedded()) {
                    embedded(object, errors);
                }
                object.fields()
                        .forEach((name, field) -> {
                            var known = schema.properties().containsKey(name);
                            var at = known ? errors.at(name) : errors.key(name);
                            check(field, schema.at(name), at);
                        });
            }
            case Json.Arr(var items) -> {
                for (var i = 0; i < items.size(); i++) {
                    check(items.get(i), schema.items(), errors.at(i));
                }
            }
            case Json.Str s -> {}
            case Json.Int i -> {}
            case Json.Real r -> {}
            case Json.Bool b -> {}
            case Json.Null n -> {}
        }
    }

    private static void embedded(Json.Obj object, FieldErrors errors) {
        text(object, "apiVersion", errors);
        text(object, "kind", errors);
        var metadata = object.get("metadata");
        if (metadata == null) {
            return;
        }
        if (!(metadata instanceof Json.Obj fields)) {
            errors.at("metadata").invalid(metadata, "must be object");
            return;
        }
        try {
            var read = read(fields, "metadata", new Problems());
            if (!read.namespace().isEmpty()) {
                errors.at("metadata")
                        .at("namespace")
                        .invalid(read.namespace(), Names.label(read.namespace()));
            }
            MetadataRules.labels(read.labels(), errors.at("metadata").at("labels"));
            MetadataRules.annotations(read.annotations(), errors.at("metadata").at("annotations"));
        } catch (DecodeError e) {
            errors.at("metadata").invalid(metadata, e.getMessage());
        }
    }

    private static void text(Json.Obj object, String name, FieldErrors errors) {
        switch (object.get(name)) {
            case null -> errors.at(name).required("must not be empty");
            case Json.Str(var text) when text.isEmpty() ->
                    errors.at(name).invalid(text, "must not be empty");
            case Json.Str s -> {}
            case Json other -> errors.at(name).invalid(other, "must be a string");
        }
    }
}

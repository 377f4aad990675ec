package io.coxswain.api.fields;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Schema;
import java.nio.charset.StandardCharsets;

/// The annotation in which `kubectl apply` without server-side apply remembers its configuration.
///
/// Whoever changes over to server-side apply must not conflict with its own past: what the
/// annotation says, and the object still has, kubectl may take.
final class LastApplied {

    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String KUBECTL = "kubectl";

    /// What all annotations of an object may add up to.
    private static final int BYTES_MAX = 256 * 1024;

    private LastApplied() {}

    /// The paths that `manager` may take from anybody.
    static FieldSet allowed(Json.Obj live, String manager, Schema schema) {
        var text = annotation(live);
        if (!manager.equals(KUBECTL) || text.isEmpty()) {
            return FieldSet.EMPTY;
        }
        try {
            var config = JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
            var difference = TypedTree.compare(config, live, schema);
            return TypedTree.paths(config, schema)
                    .difference(difference.changed())
                    .difference(difference.removed());
        } catch (DecodeError e) {
            return FieldSet.EMPTY;
        }
    }

    /// `result` with the annotation brought up to date, where kubectl applies and there is one.
    static Json.Obj refresh(Json.Obj result, Json.Obj live, Json.Obj config, String manager) {
        if (!manager.equals(KUBECTL) || annotation(live).isEmpty()) {
            return result;
        }
        var text = new String(JsonWriter.canonical(bare(config)), StandardCharsets.UTF_8) + "\n";
        var metadata = result.object("metadata");
        var annotations = metadata.object("annotations");
        var changed =
                text.length() > BYTES_MAX
                        ? annotations.without(ANNOTATION)
                        : annotations.with(ANNOTATION, Json.of(text));
        return result.with("metadata", metadata.with("annotations", changed));
    }

    private static Json.Obj bare(Json.Obj config) {
        var metadata = config.object("metadata");
        var annotations = metadata.object("annotations");
        return annotations.get(ANNOTATION) == null
                ? config
                : config.with(
                        "metadata", metadata.with("annotations", annotations.without(ANNOTATION)));
    }

    private static String annotation(Json.Obj object) {
        return object.object("metadata").object("annotations").text(ANNOTATION);
    }
}

package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.cli.server.Trees;
import java.nio.charset.StandardCharsets;

/// The annotation in which `apply` remembers what it applied last.
public final class LastApplied {

    public static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private LastApplied() {}

    /// What was applied last; the empty object when that is not known.
    public static Json.Obj of(Json.Obj live) {
        var text = live.object("metadata").object("annotations").text(ANNOTATION);
        return text.isEmpty()
                ? Json.EMPTY
                : JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    public static boolean in(Json.Obj live) {
        return !live.object("metadata").object("annotations").text(ANNOTATION).isEmpty();
    }

    /// The object with itself in the annotation.
    public static Json.Obj put(Json.Obj object) {
        var annotations = object.object("metadata").object("annotations").without(ANNOTATION);
        var bare = Trees.set(object, "metadata.annotations", annotations);
        var text = new String(JsonWriter.canonical(bare), StandardCharsets.UTF_8) + "\n";
        return Trees.set(
                object, "metadata.annotations", annotations.with(ANNOTATION, Json.of(text)));
    }
}

package io.coxswain.apiserver.verbs;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/// Objects reduced to their metadata (`as=PartialObjectMetadata`).
final class Metadata {

    /// Upstream adds it where it turns its own form of a DaemonSet into that of a version, which
    /// metadata alone never becomes.
    private static final String VERSIONED_ONLY = "deprecated.daemonset.template.generation";

    private Metadata() {}

    static Json.Obj only(Json.Obj object, String version) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("kind", Json.of("PartialObjectMetadata"));
        fields.put("apiVersion", Json.of("meta.k8s.io/" + version));
        fields.put("metadata", shown(object.object("metadata")));
        return new Json.Obj(fields);
    }

    private static Json.Obj shown(Json.Obj metadata) {
        var annotations = metadata.object("annotations").fields();
        if (!annotations.containsKey(VERSIONED_ONLY)) {
            return metadata;
        }
        var others = new LinkedHashMap<>(annotations);
        others.remove(VERSIONED_ONLY);
        var fields = new LinkedHashMap<>(metadata.fields());
        fields.computeIfPresent(
                "annotations", (name, all) -> others.isEmpty() ? null : new Json.Obj(others));
        return new Json.Obj(fields);
    }

    /// The same for metadata that is a record.
    static ObjectMeta shown(ObjectMeta metadata) {
        if (!metadata.annotations().containsKey(VERSIONED_ONLY)) {
            return metadata;
        }
        var others = new HashMap<>(metadata.annotations());
        others.remove(VERSIONED_ONLY);
        return Edit.with(metadata, ObjectMeta::annotations, others);
    }

    static Json.Obj list(ListPage page, String version) {
        List<Json> items =
                page.entries().stream()
                        .<Json>map(entry -> only(JsonReader.readObject(entry.bytes()), version))
                        .toList();
        var fields = new LinkedHashMap<String, Json>();
        fields.put("kind", Json.of("PartialObjectMetadataList"));
        fields.put("apiVersion", Json.of("meta.k8s.io/" + version));
        fields.put("metadata", listMeta(page));
        fields.put("items", Json.array(items));
        return new Json.Obj(fields);
    }

    static Json.Obj listMeta(ListPage page) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("resourceVersion", Json.of(Long.toString(page.revision())));
        if (!page.next().isEmpty()) {
            fields.put("continue", Json.of(page.next()));
        }
        var remaining = page.remaining();
        if (remaining != null) {
            fields.put("remainingItemCount", Json.of(remaining));
        }
        return new Json.Obj(fields);
    }
}

package io.coxswain.apiserver.verbs;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import java.util.LinkedHashMap;
import java.util.List;

/// Objects reduced to their metadata (`as=PartialObjectMetadata`).
final class Metadata {

    private Metadata() {}

    static Json.Obj only(Json.Obj object, String version) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("kind", Json.of("PartialObjectMetadata"));
        fields.put("apiVersion", Json.of("meta.k8s.io/" + version));
        fields.put("metadata", object.object("metadata"));
        return new Json.Obj(fields);
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

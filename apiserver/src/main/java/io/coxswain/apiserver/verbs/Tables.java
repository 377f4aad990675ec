package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.Errors;
import io.coxswain.storage.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lists as tables (`as=Table`), which is what `kubectl get` prints.
final class Tables {

    private static final Set<String> INCLUDES = Set.of("Metadata", "Object", "None");

    private Tables() {}

    static <T> Json.Obj of(ResourceCall<T> call, ListPage page, Instant now, String version) {
        return of(call, page, now, version, true);
    }

    /// Without columns for all but the first table of a watch, as upstream does.
    static <T> Json.Obj of(
            ResourceCall<T> call, ListPage page, Instant now, String version, boolean columns) {
        included(call);
        var fields = new LinkedHashMap<String, Json>();
        fields.put("kind", Json.of("Table"));
        fields.put("apiVersion", Json.of("meta.k8s.io/" + version));
        fields.put("metadata", Metadata.listMeta(page));
        fields.put("columnDefinitions", columns ? columns(call) : Json.NULL);
        List<Json> rows = new ArrayList<>();
        for (var entry : page.entries()) {
            rows.add(row(call, entry, now));
        }
        fields.put("rows", Json.array(rows));
        return new Json.Obj(fields);
    }

    private static Json columns(ResourceCall<?> call) {
        return Json.array(
                call.kind().columns().definitions().stream().map(RecordWriter::toTree).toList());
    }

    /// How much of each object the rows carry.
    private static String included(ResourceCall<?> call) {
        var asked = call.query().first("includeObject");
        if (asked == null || asked.isEmpty()) {
            return "Metadata";
        }
        if (!INCLUDES.contains(asked)) {
            throw Errors.badRequest(
                    "Unable to convert to Table as requested: includeObject: Invalid value: \""
                            + asked
                            + "\": must be 'Metadata', 'Object', 'None', or empty");
        }
        return asked;
    }

    /// A pod that has ended is marked, so that printers can leave it out.
    private static void conditions(Object object, Map<String, Json> fields) {
        if (!(object instanceof Pod pod)) {
            return;
        }
        var phase = pod.status().phase();
        var message =
                switch (phase) {
                    case "Succeeded" -> "The pod has completed successfully.";
                    case "Failed" -> "The pod failed.";
                    default -> "";
                };
        if (message.isEmpty()) {
            return;
        }
        var condition = new LinkedHashMap<String, Json>();
        condition.put("type", Json.of("Completed"));
        condition.put("status", Json.of("True"));
        condition.put("reason", Json.of(phase));
        condition.put("message", Json.of(message));
        fields.put("conditions", Json.array(List.of(new Json.Obj(condition))));
    }

    private static <T> Json row(ResourceCall<T> call, Entry entry, Instant now) {
        var fields = new LinkedHashMap<String, Json>();
        var cells = call.kind().columns().row(call.kind().object(entry), now);
        fields.put("cells", Json.array(cells));
        conditions(call.kind().object(entry), fields);
        switch (included(call)) {
            case "None" -> fields.put("object", Json.NULL);
            case "Object" -> fields.put("object", JsonReader.readObject(entry.bytes()));
            default ->
                    fields.put("object", Metadata.only(JsonReader.readObject(entry.bytes()), "v1"));
        }
        return new Json.Obj(fields);
    }
}

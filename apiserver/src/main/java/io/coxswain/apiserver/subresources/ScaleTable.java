package io.coxswain.apiserver.subresources;

import io.coxswain.api.autoscaling.Scale;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.Call;
import io.coxswain.base.HumanDuration;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/// A Scale as a table (`as=Table`).
final class ScaleTable {

    private ScaleTable() {}

    static boolean wanted(Call call) {
        var accept = call.request().header("accept");
        return accept != null && accept.contains("as=Table");
    }

    static Response of(Scale scale, Instant now) {
        var metadata = new LinkedHashMap<String, Json>();
        metadata.put("resourceVersion", Json.of(scale.metadata().resourceVersion()));
        var table = new LinkedHashMap<String, Json>();
        table.put("kind", Json.of("Table"));
        table.put("apiVersion", Json.of("meta.k8s.io/v1"));
        table.put("metadata", new Json.Obj(metadata));
        table.put(
                "columnDefinitions",
                Json.array(
                        List.of(
                                column("Name", "string", "The name of the scaled object."),
                                column("Desired", "integer", "How many instances are wanted."),
                                column("Available", "integer", "How many instances there are."),
                                column("Age", "string", "How long ago the object was created."))));
        table.put("rows", Json.array(List.of(row(scale, now))));
        return Response.of(
                200, "application/json", Payload.of(JsonWriter.write(new Json.Obj(table))));
    }

    private static Json column(String name, String type, String description) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of(name));
        fields.put("type", Json.of(type));
        fields.put("format", Json.of(""));
        fields.put("description", Json.of(description));
        fields.put("priority", Json.of(0));
        return new Json.Obj(fields);
    }

    private static Json row(Scale scale, Instant now) {
        var object = new LinkedHashMap<String, Json>();
        object.put("kind", Json.of("PartialObjectMetadata"));
        object.put("apiVersion", Json.of("meta.k8s.io/v1"));
        object.put("metadata", RecordWriter.toTree(scale).object("metadata"));
        var created = scale.metadata().creationTimestamp();
        var age = created == null ? "<unknown>" : HumanDuration.of(Duration.between(created, now));
        var row = new LinkedHashMap<String, Json>();
        row.put(
                "cells",
                Json.array(
                        List.of(
                                Json.of(scale.name()),
                                Json.of(scale.spec().replicas()),
                                Json.of(scale.status().replicas()),
                                Json.of(age))));
        row.put("object", new Json.Obj(object));
        return new Json.Obj(row);
    }
}

package io.coxswain.api.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.patch.MergePatch;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Replays requests to which a Kubernetes API server gave the answers in `apply-vectors.json`: each
/// step's owners (`t` = the entry has a time) or its error. Objects are not defaulted in between.
class ApplyVectorsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void ownersAndConflictsAreThoseOfKubernetes() throws Exception {
        var steps = ((Json.Arr) JsonReader.read(vectors())).items();
        var store = new HashMap<String, Json.Obj>();
        var running = "";
        for (var each : steps) {
            var step = (Json.Obj) each;
            if (!running.equals(step.text("case"))) {
                store.clear();
                running = step.text("case");
            }
            if (step.text("op").equals("delete")) {
                store.remove(step.text("name"));
                continue;
            }
            var want = step.items("want").stream().map(w -> ((Json.Str) w).value()).toList();
            assertThat(perform(step, store)).as("%s %s", running, step).isEqualTo(want);
        }
        assertThat(steps).hasSizeGreaterThan(90);
    }

    private static byte[] vectors() throws IOException {
        try (var in = ApplyVectorsTest.class.getResourceAsStream("/apply-vectors.json")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static List<String> perform(Json.Obj step, Map<String, Json.Obj> store)
            throws ClassNotFoundException {
        var type = Class.forName("io.coxswain.api." + step.text("type"));
        var empty = RecordWriter.toTree((Record) RecordType.of(type).empty());
        var status = step.text("subresource").equals("status");
        var ignored = status ? FieldSet.of("spec", "metadata.labels") : FieldSet.of("status");
        var fields =
                new ManagedFields(
                        Schema.of(type),
                        empty,
                        step.text("apiVersion"),
                        step.text("subresource"),
                        ignored);
        var live = store.getOrDefault(step.text("name"), empty);
        var manager = step.text("manager").isEmpty() ? "parity" : step.text("manager");
        try {
            var body = body(step);
            var result =
                    switch (step.text("op")) {
                        case "get" -> live;
                        case "apply" ->
                                fields.apply(live, body, manager, step.get("force") != null, NOW);
                        case "merge" ->
                                TreeUpdates.update(
                                        fields,
                                        live,
                                        canonical(type, MergePatch.apply(live, body)),
                                        manager,
                                        NOW);
                        default ->
                                TreeUpdates.update(
                                        fields, live, canonical(type, body), manager, NOW);
                    };
            var stored = canonical(type, result);
            if (step.get("dryRun") == null) {
                store.put(step.text("name"), stored);
            }
            return owners(stored);
        } catch (ApiError e) {
            return List.of(e.code() + " " + e.getMessage());
        }
    }

    private static Json.Obj body(Json.Obj step) {
        return switch (step.get("body")) {
            case Json.Obj object -> object;
            case Json.Str(var yaml) -> (Json.Obj) Yaml.read(yaml);
            case null, default -> Json.EMPTY;
        };
    }

    /// As the server would store it: with a uid, without what the record does not have.
    private static Json.Obj canonical(Class<?> type, Json.Obj object) {
        var metadata = object.object("metadata").with("uid", Json.of("u"));
        var named = object.with("metadata", metadata);
        return RecordWriter.toTree((Record) RecordReader.fromTree(type, named, new Problems()));
    }

    private static List<String> owners(Json.Obj object) {
        var owners = new ArrayList<String>();
        for (var item : object.object("metadata").items("managedFields")) {
            var entry = (Json.Obj) item;
            var fields = JsonWriter.canonical(entry.object("fieldsV1"));
            owners.add(
                    entry.text("manager")
                            + " "
                            + entry.text("operation")
                            + " "
                            + entry.text("subresource")
                            + " "
                            + (entry.text("time").isEmpty() ? "" : "t ")
                            + new String(fields, StandardCharsets.UTF_8));
        }
        return owners.isEmpty() ? List.of("") : owners;
    }
}

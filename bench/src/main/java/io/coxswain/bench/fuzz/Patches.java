package io.coxswain.bench.fuzz;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.Pod;
import io.coxswain.api.fields.FieldSet;
import io.coxswain.api.fields.ManagedFields;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.patch.JsonPatch;
import io.coxswain.api.patch.MergePatch;
import io.coxswain.api.patch.StrategicDiff;
import io.coxswain.api.patch.StrategicMergePatch;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Changes of a pod: by each kind of patch, and by server-side apply.
final class Patches {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Schema POD = Schema.of(Pod.class);

    private Patches() {}

    /// The first byte says which kind of patch the rest is.
    static FuzzTarget patches() {
        var pod = Samples.pod();
        return new FuzzTarget(
                List.of(
                        bytes("0[{\"op\":\"add\",\"path\":\"/metadata/labels/x~1y\",\"value\":1}]"),
                        bytes("0[{\"op\":\"copy\",\"from\":\"/spec\",\"path\":\"/metadata/z\"}]"),
                        bytes("1{\"metadata\":{\"labels\":{\"a\":null}},\"spec\":{\"x\":[1]}}"),
                        bytes(
                                "2{\"spec\":{\"containers\":[{\"name\":\"c\",\"$patch\":\"delete\"}],"
                                        + "\"$setElementOrder/containers\":[{\"name\":\"c\"}],"
                                        + "\"volumes\":[{\"name\":\"v\",\"$retainKeys\":[\"name\"]}]}}"),
                        bytes("3{\"spec\":{\"containers\":[{\"name\":\"d\"}]}}")),
                input -> {
                    if (input.length == 0) {
                        return;
                    }
                    var patch = Arrays.copyOfRange(input, 1, input.length);
                    switch (input[0] & 3) {
                        case 0 -> JsonPatch.read(patch).apply(pod);
                        case 1 -> MergePatch.apply(pod, MergePatch.read(patch));
                        case 2 -> StrategicMergePatch.apply(pod, MergePatch.read(patch), POD);
                        default -> StrategicDiff.twoWay(pod, JsonReader.readObject(patch), POD);
                    }
                });
    }

    /// What is applied twice is as applied once.
    static FuzzTarget apply() {
        var empty = RecordWriter.toTree(RecordType.of(Pod.class).empty());
        var pods = new ManagedFields(POD, empty, "v1", "", FieldSet.of("status"));
        var live = pods.apply(empty, Samples.pod(), "other", true, NOW);
        return new FuzzTarget(
                Samples.JSON,
                input -> {
                    var config = JsonReader.readObject(input);
                    var once = pods.apply(live, config, "me", true, NOW);
                    FuzzTarget.same(once, pods.apply(once, config, "me", true, NOW));
                });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.coxswain.api.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.patch.JsonPatch;
import io.coxswain.api.patch.MergePatch;
import io.coxswain.api.patch.StrategicDiff;
import io.coxswain.api.patch.StrategicMergePatch;
import io.coxswain.api.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A difference, applied, gives what it leads to.
class PatchLawsTest {

    private static final int TIMES = 2_000;

    private final Samples samples = new Samples(1);

    @Test
    void aMergePatchLeadsToItsTarget() {
        for (var i = 0; i < TIMES; i++) {
            var from = samples.object(3);
            var to = samples.object(3);

            assertThat(MergePatch.apply(from, MergePatch.diff(from, to)))
                    .as("number %d: %s to %s", i, from, to)
                    .isEqualTo(to);
        }
    }

    @Test
    void aMergePatchOfNothingAndAPatchTwiceChangeNothing() {
        for (var i = 0; i < TIMES; i++) {
            var from = samples.object(3);
            var patch = samples.object(3);
            var once = MergePatch.apply(from, patch);

            assertThat(MergePatch.diff(from, from)).isEqualTo(Json.EMPTY);
            assertThat(MergePatch.apply(once, patch)).as("number %d", i).isEqualTo(once);
        }
    }

    @Test
    void whatOthersAddedSurvivesAThreeWayMerge() {
        for (var i = 0; i < TIMES; i++) {
            var original = samples.object(2);
            var modified = samples.object(2);
            var current = original.with("of-others", samples.object(1));

            var patch = MergePatch.threeWay(original, modified, current);

            assertThat(MergePatch.apply(current, patch))
                    .as("number %d: %s to %s", i, original, modified)
                    .isEqualTo(modified.with("of-others", current.object("of-others")));
        }
    }

    @Test
    void aStrategicPatchLeadsToItsTarget() {
        var schema = Schema.of(Pod.class);
        for (var i = 0; i < TIMES; i++) {
            var from = samples.pod();
            var to = samples.pod();
            var patch = StrategicDiff.twoWay(from, to, schema);

            assertThat(text(StrategicMergePatch.apply(from, patch, schema)))
                    .as("number %d: %s to %s by %s", i, text(from), text(to), text(patch))
                    .isEqualTo(text(to));
        }
    }

    @Test
    void aStrategicPatchOfNothingIsEmpty() {
        var schema = Schema.of(Pod.class);
        for (var i = 0; i < TIMES; i++) {
            var pod = samples.pod();

            assertThat(StrategicDiff.twoWay(pod, pod, schema)).isEqualTo(Json.EMPTY);
        }
    }

    /// Every field replaced, added or removed by an operation of its own.
    @Test
    void aJsonPatchOfAllDifferencesLeadsToItsTarget() {
        for (var i = 0; i < TIMES; i++) {
            var from = samples.object(3);
            var to = samples.object(3);
            var operations = new ArrayList<Json>();
            from.fields().keySet().stream()
                    .filter(name -> to.get(name) == null)
                    .forEach(name -> operations.add(operation("remove", name, Json.NULL)));
            to.fields()
                    .forEach((name, value) -> {
                        var present = from.get(name) != null;
                        operations.add(operation(present ? "replace" : "add", name, value));
                        operations.add(operation("test", name, value));
                    });
            var patch = JsonPatch.read(JsonWriter.write(new Json.Arr(List.copyOf(operations))));

            assertThat(patch.apply(from)).as("number %d", i).isEqualTo(to);
        }
    }

    private static Json operation(String what, String name, Json value) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("op", Json.of(what));
        fields.put("path", Json.of("/" + name.replace("~", "~0").replace("/", "~1")));
        if (!what.equals("remove")) {
            fields.put("value", value);
        }
        return new Json.Obj(fields);
    }

    /// With sorted fields, because their order means nothing.
    private static String text(Json tree) {
        return JsonWriter.prettySorted(tree, 1);
    }
}

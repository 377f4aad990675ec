package io.coxswain.api.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What holds for every apply, and for the sets it computes with.
class ApplyLawsTest {

    private static final int TIMES = 1_500;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private final Random random = new Random(4);
    private final ManagedFields maps =
            new ManagedFields(
                    Schema.of(ConfigMap.class),
                    RecordWriter.toTree(RecordType.of(ConfigMap.class).empty()),
                    "v1",
                    "",
                    FieldSet.of("status"));

    /// A ConfigMap with some of the keys, their values and labels.
    private Json.Obj config(String... keys) {
        var data = new LinkedHashMap<String, Json>();
        var labels = new LinkedHashMap<String, Json>();
        for (var key : keys) {
            if (random.nextBoolean()) {
                data.put(key, Json.of(Integer.toString(random.nextInt(3))));
            }
            if (random.nextBoolean()) {
                labels.put(key, Json.of(Integer.toString(random.nextInt(3))));
            }
        }
        var map = (Json.Obj) Yaml.read("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        if (!labels.isEmpty()) {
            map = map.with("metadata", map.object("metadata").with("labels", new Json.Obj(labels)));
        }
        return data.isEmpty() ? map : map.with("data", new Json.Obj(data));
    }

    private Json.Obj apply(Json.Obj live, Json.Obj config, String manager) {
        return maps.apply(live, config, manager, true, NOW);
    }

    private static String text(Json tree) {
        return JsonWriter.prettySorted(tree, 1);
    }

    /// The owners as a set: their order says who came last, nothing else.
    private static Set<String> owners(Json.Obj object) {
        var all = new HashSet<String>();
        object.object("metadata").items("managedFields").forEach(entry -> all.add(text(entry)));
        return all;
    }

    @Test
    void applyingTwiceIsApplyingOnce() {
        for (var i = 0; i < TIMES; i++) {
            var live = apply(maps.empty(), config("a", "b", "c"), "other");
            var config = config("a", "b", "d");
            var once = apply(live, config, "m");

            assertThat(maps.apply(once, config, "m", false, LATER))
                    .as("number %d", i)
                    .isEqualTo(once);
        }
    }

    @Test
    void managersOfDifferentFieldsMayComeInAnyOrder() {
        for (var i = 0; i < TIMES; i++) {
            var live = apply(maps.empty(), config("x", "y"), "other");
            var first = config("a", "b");
            var second = config("c", "d");

            var one = apply(apply(live, first, "m1"), second, "m2");
            var other = apply(apply(live, second, "m2"), first, "m1");

            assertThat(text(Entries.strip(one))).isEqualTo(text(Entries.strip(other)));
            assertThat(owners(one)).isEqualTo(owners(other));
        }
    }

    @Test
    void theConfigurationIsInTheResult() {
        for (var i = 0; i < TIMES; i++) {
            var live = apply(maps.empty(), config("a", "b", "c"), "other");
            var config = config("a", "b", "d");
            var result = apply(live, config, "m");

            assertThat(result.object("data").fields())
                    .containsAllEntriesOf(config.object("data").fields());
            assertThat(result.object("metadata").object("labels").fields())
                    .containsAllEntriesOf(config.object("metadata").object("labels").fields());
        }
    }

    @Test
    void whatIsGivenUpAndNobodyElseHasIsGone() {
        for (var i = 0; i < TIMES; i++) {
            var live = apply(maps.empty(), config("x", "y"), "other");
            var with = apply(live, config("a", "b", "x"), "m");
            var bare =
                    apply(
                            with,
                            (Json.Obj)
                                    Yaml.read(
                                            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"),
                            "m");

            assertThat(bare.object("data").fields()).doesNotContainKeys("a", "b");
            assertThat(owners(bare)).noneMatch(entry -> entry.contains("\"manager\": \"m\""));
        }
    }

    private FieldSet set() {
        var paths = new ArrayList<String>();
        for (var n = random.nextInt(6); n > 0; n--) {
            var path = new StringBuilder("abc".charAt(random.nextInt(3)) + "");
            for (var depth = random.nextInt(3); depth > 0; depth--) {
                path.append('.').append("abc".charAt(random.nextInt(3)));
            }
            paths.add(path.toString());
        }
        return FieldSet.of(paths.toArray(String[]::new));
    }

    @Test
    void setsOfFieldsAreSets() {
        for (var i = 0; i < 5_000; i++) {
            var a = set();
            var b = set();
            var c = set();

            assertThat(a.union(b)).isEqualTo(b.union(a));
            assertThat(a.union(b).union(c)).isEqualTo(a.union(b.union(c)));
            assertThat(a.union(a)).isEqualTo(a);
            assertThat(a.difference(a).isEmpty()).isTrue();
            assertThat(a.intersection(b)).isEqualTo(b.intersection(a));
            assertThat(a.difference(b).union(a.intersection(b))).as("%s, %s", a, b).isEqualTo(a);
            assertThat(a.difference(b).intersection(b).isEmpty()).isTrue();
            assertThat(FieldSet.parse(a.write())).isEqualTo(a);
        }
    }
}

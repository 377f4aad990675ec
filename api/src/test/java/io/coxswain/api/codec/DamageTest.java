package io.coxswain.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.core.Pod;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damages objects at random and checks that reading them still has an answer, that what is read
/// reads the same once written, and that broken bytes are refused, not crashed on.
class DamageTest {

    @Test
    void damagedObjectsAreReadToAFixedPointOrRefused() {
        var random = new Random(1);
        for (var type : List.of(Pod.class, Deployment.class)) {
            var whole = RecordWriter.toTree((Record) Samples.of(type, 6));
            for (var i = 0; i < 300; i++) {
                var json = JsonWriter.write(damage(whole, random));
                try {
                    var once = RecordWriter.write((Record) RecordReader.read(type, json));
                    var twice = RecordWriter.write((Record) RecordReader.read(type, once));
                    assertThat(twice).isEqualTo(once);
                } catch (DecodeError e) {
                    assertThat(e.getMessage()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void brokenBytesAreRefusedInSomeWords() {
        var random = new Random(2);
        var whole = RecordWriter.write((Record) Samples.of(Pod.class, 5));
        for (var i = 0; i < 2000; i++) {
            var broken = whole.clone();
            for (var n = random.nextInt(3); n >= 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                RecordReader.read(Pod.class, broken);
                JsonReader.read(broken);
            } catch (DecodeError e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static Json damage(Json value, Random random) {
        if (random.nextInt(60) == 0) {
            return List.of(Json.NULL, Json.of(0), Json.of(""), Json.EMPTY, Json.array(List.of()))
                    .get(random.nextInt(5));
        }
        return switch (value) {
            case Json.Obj(var fields) -> {
                var names = new ArrayList<>(fields.keySet());
                Collections.shuffle(names, random);
                var copy = new LinkedHashMap<String, Json>();
                for (var name : names) {
                    if (random.nextInt(40) > 0) {
                        var child = damage(fields.getOrDefault(name, Json.NULL), random);
                        copy.put(random.nextInt(40) == 0 ? name + "X" : name, child);
                    }
                }
                yield new Json.Obj(copy);
            }
            case Json.Arr(var items) ->
                    Json.array(items.stream().map(item -> damage(item, random)).toList());
            case Json scalar -> scalar;
        };
    }
}

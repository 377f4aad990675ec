package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A list, and the changes a watch brings from its revision on, are together the next list: from
/// every revision, through every selector, whatever happened in between.
class WatchLawsTest {

    private static final int STEPS = 60;
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    private record Listed(String revision, Map<String, String> objects) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&labelSelector=on%3Dyes",
                "&labelSelector=on%21%3Dyes",
                "&labelSelector=%21on",
                "&fieldSelector=metadata.name%3Dc1"
            })
    void everyListIsTheFoldOfAWatchFromEveryListBefore(String selector) {
        var random = new Random(selector.hashCode());
        var lists = new ArrayList<Listed>();
        for (var step = 0; step < STEPS; step++) {
            lists.add(list(selector));
            change(random);
        }
        var last = list(selector);
        for (var from : lists) {
            try (var watch =
                    admin.watch(MAPS + "?watch=1&resourceVersion=" + from.revision + selector)) {
                assertThat(folded(from.objects, watch.frames().lines().toList()))
                        .as("from %s to %s", from.revision, last.revision)
                        .isEqualTo(last.objects);
            }
        }
    }

    private Listed list(String selector) {
        var answer = admin.get(MAPS + "?x=y" + selector).json();
        var objects = new TreeMap<String, String>();
        answer.items("items").forEach(item -> put(objects, (Json.Obj) item));
        return new Listed(answer.object("metadata").text("resourceVersion"), objects);
    }

    private static void put(Map<String, String> objects, Json.Obj object) {
        var metadata = object.object("metadata");
        var state =
                metadata.text("resourceVersion") + metadata.object("labels") + object.get("data");
        objects.put(metadata.text("name"), state);
    }

    private void change(Random random) {
        var name = "c" + random.nextInt(4);
        var body =
                "{metadata: {name: %s, labels: {%s}}, data: {n: '%d'}}"
                        .formatted(
                                name,
                                List.of("", "on: 'yes'", "on: 'no'").get(random.nextInt(3)),
                                random.nextInt(2));
        switch (random.nextInt(5)) {
            case 0 -> admin.delete(MAPS + "/" + name);
            case 1 -> admin.apply(MAPS + "/" + name + "?fieldManager=f&force=true", body);
            case 2 -> admin.put(MAPS + "/" + name, body);
            case 3 -> admin.merge(MAPS + "/" + name, "{metadata: {labels: {'on': null}}}");
            default -> admin.post(MAPS, body);
        }
    }

    private static Map<String, String> folded(Map<String, String> start, List<String> events) {
        var objects = new TreeMap<>(start);
        for (var line : events) {
            var event = JsonReader.readObject(line.getBytes(StandardCharsets.UTF_8));
            var object = event.object("object");
            var name = object.object("metadata").text("name");
            switch (event.text("type")) {
                case "ADDED" -> {
                    assertThat(objects).doesNotContainKey(name);
                    put(objects, object);
                }
                case "MODIFIED" -> {
                    assertThat(objects).containsKey(name);
                    put(objects, object);
                }
                case "DELETED" -> assertThat(objects.remove(name)).isNotNull();
                default -> throw new AssertionError(line);
            }
        }
        return objects;
    }
}

package io.coxswain.apiserver.fuzz;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/// Changes a JSON document so that it stays one: values of another type, of another place, missing,
/// repeated, enormous.
public record JsonTrees(RandomGenerator random) {

    private static final List<String> ODD =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1.5",
                    "1e308",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "18446744073709551616",
                    "2147483648",
                    "\"\"",
                    "{}",
                    "[]",
                    "[null]",
                    "[[]]",
                    "[{}]",
                    "{\"\":null}",
                    "\"x\"",
                    "\"\\u0000\"",
                    "\"../..\"",
                    "\"1970-01-01T00:00:00Z\"",
                    "\"99999999999999999999Ei\"",
                    "\"-1m\"",
                    "\"50%\"",
                    "\"" + "a.".repeat(200) + "\"",
                    "[" + "0,".repeat(300) + "0]",
                    "[".repeat(60) + "]".repeat(60),
                    "{\"$patch\":\"delete\"}",
                    "[{\"$patch\":\"replace\"}]",
                    "{\"$retainKeys\":[\"a\"]}",
                    "[{\"name\":\"a\"},{\"name\":\"a\"}]",
                    "\"{{\"",
                    "\"(\"",
                    "\"self.size() > 0\"");

    /// A changed copy, as text: with a little luck with a key twice.
    public byte[] change(Json document) {
        var all = new ArrayList<Json>();
        collect(document, all);
        var victim = all.get(random.nextInt(all.size()));
        var changed = put(document, victim, other(all));
        var text =
                new String(io.coxswain.api.json.JsonWriter.write(changed), StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0 && text.startsWith("{\"")) {
            var end = text.indexOf('"', 2);
            text = "{" + text.substring(1, end + 1) + ":1," + text.substring(1);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Json other(List<Json> all) {
        return random.nextBoolean()
                ? JsonReader.read(
                        ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8))
                : all.get(random.nextInt(all.size()));
    }

    private static void collect(Json node, List<Json> into) {
        into.add(node);
        switch (node) {
            case Json.Obj(var members) -> members.values().forEach(each -> collect(each, into));
            case Json.Arr(var items) -> items.forEach(each -> collect(each, into));
            default -> {}
        }
    }

    @SuppressWarnings("ReferenceEquality") // This very node.
    private Json put(Json node, Json victim, Json value) {
        if (node == victim) {
            return value;
        }
        return switch (node) {
            case Json.Obj(var members) -> {
                var copy = new LinkedHashMap<String, Json>();
                members.forEach((key, each) -> copy.put(key, put(each, victim, value)));
                yield new Json.Obj(copy);
            }
            case Json.Arr(var items) -> {
                var copy = new ArrayList<Json>();
                items.forEach(each -> copy.add(put(each, victim, value)));
                if (random.nextInt(30) == 0 && !copy.isEmpty()) {
                    copy.addAll(Collections.nCopies(3, copy.getFirst()));
                }
                yield new Json.Arr(copy);
            }
            default -> node;
        };
    }
}

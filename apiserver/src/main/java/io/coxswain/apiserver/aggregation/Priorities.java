package io.coxswain.apiserver.aggregation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Where discovery places a group among the groups, and a version among its versions: higher comes
/// first.
record Priorities(int group, int version) {

    private static final Priorities CUSTOM = new Priorities(1000, 100);
    private static final Map<String, Priorities> BUILT_IN = read();

    /// @param name as APIServices are called: `v1.apps`
    static Priorities of(String name) {
        return BUILT_IN.getOrDefault(name, CUSTOM);
    }

    private static Map<String, Priorities> read() {
        var all = new HashMap<String, Priorities>();
        try (var in =
                Objects.requireNonNull(Priorities.class.getResourceAsStream("priorities.txt"))) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words ->
                            all.put(
                                    words[0],
                                    new Priorities(
                                            Integer.parseInt(words[1]),
                                            Integer.parseInt(words[2]))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}

package io.coxswain.api.proto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The field numbers of all records, as `proto-numbers.txt` lists them.
final class Numbers {

    private static final String HOME = "io.coxswain.api.";

    private static final Map<String, String> LINES = lines();

    /// Where the value of one component stands.
    ///
    /// @param path numbers from the record's message inwards; more than one where Go embeds a
    ///     struct that JSON flattens
    /// @param always a message is written even when the value is absent
    /// @param form how a value that is any JSON is held: `array`, `bool`, `strings`, `empty`, or
    ///     `""`
    record Place(int[] path, boolean always, String form) {}

    private Numbers() {}

    /// The places of a record's components by JSON name; null for a record that has no message.
    static @Nullable Map<String, Place> of(Class<?> record) {
        var line = LINES.get(record.getPackageName() + "." + record.getSimpleName());
        if (line == null) {
            return null;
        }
        var places = new HashMap<String, Place>();
        for (var word : line.trim().split(" ")) {
            var parts = word.split("[=:]");
            places.put(parts[0], place(parts[1], parts.length > 2 ? parts[2] : ""));
        }
        return places;
    }

    private static Place place(String numbers, String form) {
        var always = numbers.endsWith("!");
        var parts = numbers.replace("!", "").split("\\.");
        var path = new int[parts.length];
        for (var i = 0; i < parts.length; i++) {
            path[i] = Integer.parseInt(parts[i]);
        }
        return new Place(path, always, form);
    }

    private static Map<String, String> lines() {
        var all = new HashMap<String, String>();
        var section = "";
        for (var line : text().split("\n")) {
            if (line.startsWith("[")) {
                section = HOME + line.substring(1, line.indexOf(']')) + ".";
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                var colon = line.indexOf(':');
                all.put(section + line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return all;
    }

    private static String text() {
        try (var in = Numbers.class.getResourceAsStream("/io/coxswain/api/proto-numbers.txt")) {
            if (in == null) {
                throw new IllegalStateException("proto-numbers.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

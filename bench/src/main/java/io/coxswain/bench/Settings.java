package io.coxswain.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What was asked of a benchmark on the command line: `--rounds 1000 --seed=7`.
public record Settings(Map<String, String> given) {

    public static final Settings NONE = new Settings(Map.of());

    /// Reads flags with their values. Throws [IllegalArgumentException] for anything else.
    static Settings parse(List<String> words) {
        var given = new TreeMap<String, String>();
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (!word.startsWith("--")) {
                throw new IllegalArgumentException("not a flag: " + word);
            }
            var equals = word.indexOf('=');
            if (equals > 0) {
                given.put(word.substring(2, equals), word.substring(equals + 1));
                continue;
            }
            if (++i == words.size()) {
                throw new IllegalArgumentException("a value is missing after " + word);
            }
            given.put(word.substring(2), words.get(i));
        }
        return new Settings(given);
    }

    public int number(String name, int otherwise) {
        var text = given.get(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    public String text(String name, String otherwise) {
        return given.getOrDefault(name, otherwise);
    }
}

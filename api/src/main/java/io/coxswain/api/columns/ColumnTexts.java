package io.coxswain.api.columns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// What the columns of tables show, in a sentence each, read from `texts.txt` on first use.
final class ColumnTexts {

    private static final Map<String, String> ALL = read();

    private ColumnTexts() {}

    /// @param plural the resource
    static String of(String plural, String column) {
        var own = ALL.get(plural + " " + column);
        return own == null ? ALL.getOrDefault(column, column + ".") : own;
    }

    private static Map<String, String> read() {
        var all = new HashMap<String, String>();
        try (var file = Objects.requireNonNull(Columns.class.getResourceAsStream("texts.txt"))) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#") && line.contains(": "))
                    .forEach(line -> {
                        var colon = line.indexOf(": ");
                        all.put(line.substring(0, colon), line.substring(colon + 2));
                    });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

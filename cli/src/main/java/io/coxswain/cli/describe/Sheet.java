package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.server.Trees;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Lines with tab stops. A column is as wide as its widest cell among neighbouring lines that
/// have it; a line without the column begins a new one below.
public final class Sheet {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final int VALUE_LENGTH_MAX = 140;
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final StringBuilder text = new StringBuilder();

    /// A line of cells divided by tabs, indented by two blanks a level.
    public Sheet line(int level, String cells) {
        text.repeat("  ", level).append(cells).append('\n');
        return this;
    }

    /// A name and its value, if there is one.
    public Sheet optional(int level, String name, String value) {
        return value.isEmpty() ? this : line(level, name + ":\t" + value);
    }

    /// A name and its value, or a word for none.
    public Sheet field(int level, String name, String value) {
        return line(level, name + ":\t" + (value.isEmpty() ? "<none>" : value));
    }

    /// Names and values below each other.
    public Sheet labels(int level, String name, Map<String, String> labels) {
        var lead = name + ":";
        if (labels.isEmpty()) {
            return line(level, lead + "\t<none>");
        }
        for (var label : new TreeMap<>(labels).entrySet()) {
            line(level, lead + "\t" + label.getKey() + "=" + label.getValue());
            lead = "";
        }
        return this;
    }

    public Sheet annotations(Map<String, String> annotations) {
        var shown = new TreeMap<>(annotations);
        shown.remove(LAST_APPLIED);
        if (shown.isEmpty()) {
            return line(0, "Annotations:\t<none>");
        }
        var lead = "Annotations:";
        for (var annotation : shown.entrySet()) {
            var value = annotation.getValue().strip();
            var length = annotation.getKey().length() + value.length() + 1;
            if (length < VALUE_LENGTH_MAX && !value.contains("\n")) {
                line(0, lead + "\t" + annotation.getKey() + ": " + value);
            } else {
                line(0, lead + "\t" + annotation.getKey() + ":");
                for (var part : value.split("\n")) {
                    line(0, "\t  " + shortened(part));
                }
            }
            lead = "";
        }
        return this;
    }

    private static String shortened(String text) {
        return text.length() > VALUE_LENGTH_MAX
                ? text.substring(0, VALUE_LENGTH_MAX) + "..."
                : text;
    }

    /// The lines that every description starts with.
    public Sheet head(Json.Obj object, boolean namespaced) {
        line(0, "Name:\t" + Trees.name(object));
        if (namespaced) {
            line(0, "Namespace:\t" + Trees.namespace(object));
        }
        return this;
    }

    public Sheet marks(Json.Obj object) {
        labels(0, "Labels", Trees.map(object, "metadata.labels"));
        return annotations(Trees.map(object, "metadata.annotations"));
    }

    /// A time as descriptions show it.
    public static String date(String time) {
        if (time.isEmpty()) {
            return "";
        }
        try {
            return DATE.format(Instant.parse(time));
        } catch (DateTimeParseException e) {
            return time;
        }
    }

    /// The text with its tabs turned into blanks.
    public String text() {
        var lines = new ArrayList<List<String>>();
        for (var line : text.toString().split("\n", -1)) {
            lines.add(Arrays.asList(line.split("\t", -1)));
        }
        lines.removeLast();
        var widths = new ArrayList<int[]>();
        lines.forEach(line -> widths.add(new int[line.size()]));
        var column = 0;
        while (measure(lines, widths, column)) {
            column++;
        }
        var out = new StringBuilder();
        for (var i = 0; i < lines.size(); i++) {
            for (var j = 0; j < lines.get(i).size(); j++) {
                var cell = lines.get(i).get(j);
                out.append(cell);
                if (j < lines.get(i).size() - 1) {
                    out.repeat(' ', widths.get(i)[j] - cell.length());
                }
            }
            out.append('\n');
        }
        return out.toString();
    }

    /// Whether any line had the column.
    private static boolean measure(List<List<String>> lines, List<int[]> widths, int column) {
        var any = false;
        for (var i = 0; i < lines.size(); ) {
            var end = i;
            var width = 0;
            while (end < lines.size() && lines.get(end).size() > column + 1) {
                width = Math.max(width, lines.get(end).get(column).length() + 2);
                end++;
            }
            for (var k = i; k < end; k++) {
                widths.get(k)[column] = width;
            }
            any |= end > i;
            i = Math.max(end, i + 1);
        }
        return any;
    }
}

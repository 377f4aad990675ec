package io.coxswain.api.columns;

import io.coxswain.api.meta.TableColumnDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The columns of every kind, read from `columns.txt` on first use.
///
/// A line names a resource and its columns, `|` between them; a column is its name, `:type` when
/// that is not `string`, `#format` and `wide`:
/// ```
/// v1/pods: Name #name | Ready | Status | Restarts | Age | IP wide | Node wide
/// ```
final class ColumnDefinitions {

    private static final Map<String, List<TableColumnDefinition>> ALL = read();

    private static final List<TableColumnDefinition> STANDARD =
            List.of(column("", "Name #name"), column("", "Created At :date"));

    private ColumnDefinitions() {}

    /// Name and creation time for a resource that has no columns of its own.
    static List<TableColumnDefinition> of(String resource) {
        return ALL.getOrDefault(resource, STANDARD);
    }

    private static Map<String, List<TableColumnDefinition>> read() {
        var all = new HashMap<String, List<TableColumnDefinition>>();
        var file = Objects.requireNonNull(Columns.class.getResourceAsStream("columns.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var end = line.indexOf(": ");
                if (end > 0 && !line.startsWith("#")) {
                    var resource = line.substring(0, end);
                    all.put(resource, columns(plural(resource), line.substring(end + 2)));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plural(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }

    private static List<TableColumnDefinition> columns(String plural, String line) {
        var columns = new ArrayList<TableColumnDefinition>();
        for (var text : line.split(" \\| ")) {
            columns.add(column(plural, text));
        }
        return List.copyOf(columns);
    }

    private static TableColumnDefinition column(String plural, String text) {
        var name = new StringBuilder();
        var type = "string";
        var format = "";
        var priority = 0;
        for (var word : text.split(" ")) {
            if (word.startsWith(":")) {
                type = word.substring(1);
            } else if (word.startsWith("#")) {
                format = word.substring(1);
            } else if (word.equals("wide")) {
                priority = 1;
            } else {
                name.append(name.isEmpty() ? "" : " ").append(word);
            }
        }
        var described = ColumnTexts.of(plural, name.toString());
        return new TableColumnDefinition(name.toString(), type, format, described, priority);
    }
}

package io.coxswain.cli.output;

import io.coxswain.api.json.Json;
import io.coxswain.base.Clock;
import io.coxswain.base.HumanDuration;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Trees;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Turns a `Table` of the server into lines of text.
public final class ServerTable {

    public static final String ACCEPT =
            "application/json;as=Table;v=v1;g=meta.k8s.io,"
                    + "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

    private final TableOptions options;
    private List<Integer> shown = List.of();

    public ServerTable(TableOptions options) {
        this.options = options;
    }

    /// Adds the rows of `table`, and the headers if it has columns.
    public void add(Json.Obj table, ResourceType type, TextTable text) {
        var columns = Trees.objects(table, "columnDefinitions");
        if (!columns.isEmpty()) {
            choose(columns);
            if (options.headers()) {
                text.row(headers(columns));
            }
        }
        for (var row : Trees.objects(table, "rows")) {
            text.row(cells(row, type));
        }
    }

    /// Makes a table of objects that a server without tables returned.
    public static Json.Obj ofObjects(List<Json.Obj> objects, Clock clock) {
        var rows = new ArrayList<Json>();
        for (var object : objects) {
            var created = Trees.text(object, "metadata.creationTimestamp");
            var cells =
                    Json.array(List.of(Json.of(Trees.name(object)), Json.of(age(created, clock))));
            rows.add(Trees.of("cells", cells, "object", object));
        }
        var columns =
                Json.array(
                        List.of(
                                Trees.of("name", "Name", "priority", 0),
                                Trees.of("name", "Age", "priority", 0)));
        return Trees.of("columnDefinitions", columns, "rows", Json.array(rows));
    }

    /// How long ago a time was; `<unknown>` when there is none.
    public static String age(String time, Clock clock) {
        if (time.isEmpty()) {
            return "<unknown>";
        }
        try {
            return HumanDuration.of(Duration.between(Instant.parse(time), clock.now()));
        } catch (DateTimeParseException e) {
            return "<unknown>";
        }
    }

    private void choose(List<Json.Obj> columns) {
        var chosen = new ArrayList<Integer>();
        for (var i = 0; i < columns.size(); i++) {
            if (options.wide() || Trees.number(columns.get(i), "priority", 0) == 0) {
                chosen.add(i);
            }
        }
        shown = chosen;
    }

    private List<String> headers(List<Json.Obj> columns) {
        var cells = new ArrayList<String>();
        if (options.namespaces()) {
            cells.add("NAMESPACE");
        }
        shown.forEach(i -> cells.add(columns.get(i).text("name").toUpperCase(Locale.ROOT)));
        for (var label : options.labelColumns()) {
            var name = label.substring(label.lastIndexOf('/') + 1);
            cells.add(name.toUpperCase(Locale.ROOT));
        }
        if (options.showLabels()) {
            cells.add("LABELS");
        }
        return cells;
    }

    private List<String> cells(Json.Obj row, ResourceType type) {
        var metadata = row.object("object").object("metadata");
        var values = row.items("cells");
        var cells = new ArrayList<String>();
        if (options.namespaces()) {
            cells.add(metadata.text("namespace"));
        }
        for (var i : shown) {
            var text = i < values.size() ? cell(values.get(i)) : "";
            var named = i == 0 && options.showKind();
            cells.add(named ? type.qualifiedKind() + "/" + text : text);
        }
        var labels = Trees.map(metadata, "labels");
        options.labelColumns().forEach(label -> cells.add(labels.getOrDefault(label, "")));
        if (options.showLabels()) {
            cells.add(labels.isEmpty() ? "<none>" : joined(new TreeMap<>(labels)));
        }
        return cells;
    }

    private static String joined(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    /// One line of text; what follows a line break is cut off.
    private static String cell(Json value) {
        var text = value instanceof Json.Arr(var items) ? list(items) : Trees.text(value);
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\n' || c == '\r' || c == '\f') {
                return text.substring(0, i) + "...";
            }
        }
        return text.replace('\t', ' ');
    }

    private static String list(List<Json> items) {
        return items.stream().map(Trees::text).collect(Collectors.joining(" ", "[", "]"));
    }
}

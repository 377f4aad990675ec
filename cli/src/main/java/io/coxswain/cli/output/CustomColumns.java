package io.coxswain.cli.output;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Columns that the user names: `NAME:.metadata.name,NODE:.spec.nodeName`.
public final class CustomColumns {

    private record Column(String header, JsonPath path) {}

    private final List<Column> columns;

    private CustomColumns(List<Column> columns) {
        this.columns = columns;
    }

    public static CustomColumns of(String spec) {
        if (spec.isEmpty()) {
            throw new CliError("custom-columns format specified but no custom columns given");
        }
        var columns = new ArrayList<Column>();
        for (var part : spec.split(",")) {
            var colon = part.indexOf(':');
            if (colon < 0) {
                throw new CliError(
                        "unexpected custom-columns spec: "
                                + part
                                + ", expected <header>:<json-path-expr>");
            }
            columns.add(
                    new Column(
                            part.substring(0, colon),
                            JsonPath.expression(part.substring(colon + 1))));
        }
        return new CustomColumns(columns);
    }

    /// The form of a file: a line of headers, a line of expressions.
    public static CustomColumns ofFile(String text) {
        var lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() < 2) {
            throw new CliError("invalid template, missing spec line.");
        }
        var headers = lines.get(0).strip().split("\\s+");
        var paths = lines.get(1).strip().split("\\s+");
        if (headers.length != paths.length) {
            throw new CliError(
                    "number of headers (%d) and field specifications (%d) don't match"
                            .formatted(headers.length, paths.length));
        }
        var columns = new ArrayList<Column>();
        for (var i = 0; i < headers.length; i++) {
            columns.add(new Column(headers[i], JsonPath.expression(paths[i])));
        }
        return new CustomColumns(columns);
    }

    public void headers(TextTable table) {
        table.row(columns.stream().map(Column::header).toList());
    }

    public void row(Json object, TextTable table) {
        table.row(columns.stream().map(column -> cell(column.path(), object)).toList());
    }

    private static String cell(JsonPath path, Json object) {
        var values = path.values(object);
        return values.isEmpty()
                ? "<none>"
                : values.stream().map(CustomColumns::shown).collect(Collectors.joining(","));
    }

    private static String shown(Json value) {
        return switch (value) {
            case Json.Obj(var fields) ->
                    fields.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(field -> field.getKey() + ":" + shown(field.getValue()))
                            .collect(Collectors.joining(" ", "map[", "]"));
            case Json.Arr(var items) ->
                    items.stream()
                            .map(CustomColumns::shown)
                            .collect(Collectors.joining(" ", "[", "]"));
            case Json.Null n -> "<nil>";
            case Json.Str s -> JsonPath.shown(s);
            case Json.Int i -> JsonPath.shown(i);
            case Json.Real r -> JsonPath.shown(r);
            case Json.Bool b -> JsonPath.shown(b);
        };
    }
}

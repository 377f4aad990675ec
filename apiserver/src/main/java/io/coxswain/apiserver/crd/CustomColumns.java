package io.coxswain.apiserver.crd;

import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceColumnDefinition;
import io.coxswain.api.codec.Times;
import io.coxswain.api.columns.Columns;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.TableColumnDefinition;
import io.coxswain.base.HumanDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The columns a definition asks for, behind the name; the age where it asks for none.
final class CustomColumns {

    private static final CustomResourceColumnDefinition AGE =
            new CustomResourceColumnDefinition(
                    "Age",
                    "date",
                    "",
                    "CreationTimestamp is a timestamp representing the server time when this"
                            + " object was created. It is not guaranteed to be set in"
                            + " happens-before order across separate operations. Clients may not"
                            + " set this value. It is represented in RFC3339 form and is in UTC."
                            + "\n\nPopulated by the system. Read-only. Null for lists. More info:"
                            + " https://git.k8s.io/community/contributors/devel/sig-architecture/"
                            + "api-conventions.md#metadata",
                    0,
                    ".metadata.creationTimestamp");

    private static final TableColumnDefinition NAME =
            new TableColumnDefinition(
                    "Name",
                    "string",
                    "name",
                    "Name must be unique within a namespace. Is required when creating resources,"
                            + " although some resources may allow a client to request the"
                            + " generation of an appropriate name automatically. Name is primarily"
                            + " intended for creation idempotence and configuration definition."
                            + " Cannot be updated. More info:"
                            + " https://kubernetes.io/docs/concepts/overview/working-with-objects/"
                            + "names#names",
                    0);

    private final List<CustomResourceColumnDefinition> columns;
    private final List<ValuePath> paths;

    private CustomColumns(List<CustomResourceColumnDefinition> columns) {
        this.columns = columns.isEmpty() ? List.of(AGE) : columns;
        this.paths = this.columns.stream().map(c -> ValuePath.parse(c.jsonPath())).toList();
    }

    static Columns<CustomObject> of(List<CustomResourceColumnDefinition> columns) {
        var all = new CustomColumns(columns);
        return new Columns<>(all::definitions, all::cells);
    }

    private List<TableColumnDefinition> definitions() {
        var definitions = new ArrayList<TableColumnDefinition>();
        definitions.add(NAME);
        for (var column : columns) {
            var description =
                    column.description().isEmpty()
                            ? "Custom resource definition column (in JSONPath format): "
                                    + column.jsonPath()
                            : column.description();
            definitions.add(
                    new TableColumnDefinition(
                            column.name(),
                            column.type(),
                            column.format(),
                            description,
                            column.priority()));
        }
        return definitions;
    }

    private List<@Nullable Object> cells(CustomObject object, Instant now) {
        var cells = new ArrayList<@Nullable Object>();
        cells.add(object.name());
        var tree = object.tree();
        for (var i = 0; i < columns.size(); i++) {
            var values = paths.get(i).values(tree);
            cells.add(values.isEmpty() ? null : cell(columns.get(i).type(), values, now));
        }
        return cells;
    }

    private static @Nullable Object cell(String type, List<Json> values, Instant now) {
        if (type.equals("string")) {
            return values.stream()
                    .map(v -> v instanceof Json.Null ? "<nil>" : ValuePath.text(v))
                    .collect(Collectors.joining(" "));
        }
        var value = values.getFirst();
        return switch (type) {
            case "integer" ->
                    switch (value) {
                        case Json.Int(var number) -> Json.of(number);
                        case Json.Real(var number) -> Json.of((long) number);
                        case Json other -> null;
                    };
            case "number" -> value instanceof Json.Int || value instanceof Json.Real ? value : null;
            case "boolean" -> value instanceof Json.Bool ? value : null;
            case "date" -> value instanceof Json.Str(var text) ? age(text, now) : null;
            default -> null;
        };
    }

    private static String age(String text, Instant now) {
        try {
            var time = Times.parse(text, false);
            return time == null ? "<invalid>" : HumanDuration.of(Duration.between(time, now));
        } catch (DecodeError e) {
            return "<invalid>";
        }
    }
}

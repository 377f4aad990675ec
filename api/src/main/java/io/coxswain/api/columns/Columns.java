package io.coxswain.api.columns;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.TableColumnDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a kind is shown as a table: its columns, and a row for an object.
///
/// @param definitionSource asked for the columns each time they are shown
public record Columns<T>(Supplier<List<TableColumnDefinition>> definitionSource, Cells<T> cells) {

    /// @param resource names the columns in `columns.txt`, for example `apps/v1/deployments`
    public Columns(String resource, Cells<T> cells) {
        this(() -> ColumnDefinitions.of(resource), cells);
    }

    /// Makes the cells of one object. Ages count from `now`.
    @FunctionalInterface
    public interface Cells<T> {
        List<@Nullable Object> of(T object, Instant now);
    }

    /// In the order of the cells; those with a priority above 0 are for wide output.
    public List<TableColumnDefinition> definitions() {
        return definitionSource.get();
    }

    /// As many cells as there are columns.
    public List<Json> row(T object, Instant now) {
        var row = new ArrayList<Json>();
        for (var cell : cells.of(object, now)) {
            row.add(json(cell));
        }
        return List.copyOf(row);
    }

    private static Json json(@Nullable Object cell) {
        return switch (cell) {
            case null -> Json.NULL;
            case Boolean truth -> Json.of(truth);
            case Json value -> value;
            case Integer number -> Json.of(number);
            case Long number -> Json.of(number);
            default -> Json.of(cell.toString());
        };
    }
}

package io.coxswain.api;

import io.coxswain.api.columns.Columns;
import io.coxswain.api.schema.Conversion;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Strategy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A built-in kind: what it is called, how its objects are treated, how they are shown.
///
/// @param stored how the objects are stored as those of another version; null when they are stored
///     as they are
public record BuiltIn<T extends Resource>(
        ResourceKind<T> kind,
        Strategy<T> strategy,
        Columns<T> columns,
        @Nullable Stored<T, ?> stored) {

    /// The version that is stored.
    public record Stored<T, S extends Resource>(
            ResourceKind<S> kind, Class<S> type, Conversion<T, S> conversion) {}

    static <T extends Resource> BuiltIn<T> of(
            Class<T> type, Strategy<T> strategy, Columns.Cells<T> cells) {
        var kind = ResourceKind.of(type);
        var columns = new Columns<>(kind.apiVersion() + "/" + kind.plural(), cells);
        return new BuiltIn<>(kind, strategy, columns, null);
    }

    /// Stored as an object of another version.
    <S extends Resource> BuiltIn<T> storedAs(Class<S> type, Conversion<T, S> conversion) {
        var as = new Stored<>(ResourceKind.of(type), type, conversion);
        return new BuiltIn<>(kind, strategy, columns, as);
    }

    /// The record class of the kind.
    public Class<T> type() {
        return Objects.requireNonNull(kind.type());
    }
}

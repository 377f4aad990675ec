package io.coxswain.api;

import io.coxswain.api.columns.Columns;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Strategy;
import java.util.Objects;

/// A built-in kind: what it is called, how its objects are treated, how they are shown.
public record BuiltIn<T extends Resource>(
        ResourceKind<T> kind, Strategy<T> strategy, Columns<T> columns) {

    static <T extends Resource> BuiltIn<T> of(
            Class<T> type, Strategy<T> strategy, Columns.Cells<T> cells) {
        var kind = ResourceKind.of(type);
        var columns = new Columns<>(kind.apiVersion() + "/" + kind.plural(), cells);
        return new BuiltIn<>(kind, strategy, columns);
    }

    /// The record class of the kind.
    public Class<T> type() {
        return Objects.requireNonNull(kind.type());
    }
}

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

    private static final int RELEASES_OF_GRACE = 3;

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

    /// Another version of the same form, stored as this one.
    BuiltIn<T> alsoAs(String version) {
        var as = new Stored<>(kind, type(), Conversion.<T>none());
        return new BuiltIn<>(kind.in(version), strategy, columns, as);
    }

    /// Whoever uses the version is warned that it goes away.
    ///
    /// @param minor the release that said so; three later the version is gone
    BuiltIn<T> deprecatedIn(int minor) {
        var text =
                "%s %s is deprecated in v1.%d+, unavailable in v1.%d+; use %s/v1 %s"
                        .formatted(
                                kind.apiVersion(),
                                kind.kind(),
                                minor,
                                minor + RELEASES_OF_GRACE,
                                kind.group(),
                                kind.kind());
        return new BuiltIn<>(kind, strategy.deprecated(text), columns, stored);
    }

    /// The record class of the kind.
    public Class<T> type() {
        return Objects.requireNonNull(kind.type());
    }
}

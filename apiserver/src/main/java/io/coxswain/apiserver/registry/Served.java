package io.coxswain.apiserver.registry;

import io.coxswain.api.columns.Columns;
import io.coxswain.api.fields.FieldSet;
import io.coxswain.api.fields.ManagedFields;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.schema.Strategy;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import java.util.function.Supplier;

/// A kind as this server serves it.
///
/// @param schema made on first use
public record Served<T>(
        ResourceKind<T> kind,
        Strategy<T> strategy,
        Columns<T> columns,
        ObjectCodec<T> codec,
        Supplier<Schema> schema) {

    /// The key of an object of this kind.
    public Key key(String namespace, String name) {
        return new Key(kind.groupResource(), kind.namespaced() ? namespace : "", name);
    }

    /// Who owns which field, seen through one part of the object. A main endpoint never changes the
    /// status where that is apart, and the status endpoint never the spec.
    public ManagedFields managedFields(Part part) {
        var ignored =
                part.isStatus()
                        ? FieldSet.of(strategy.leftByStatus().toArray(String[]::new))
                        : strategy.subresources().contains("status")
                                ? FieldSet.of("status")
                                : FieldSet.of();
        return new ManagedFields(
                schema.get(), codec.emptyTree(), kind.apiVersion(), part.subresource(), ignored);
    }

    /// The object in `entry`, decoded at most once for the whole process.
    @SuppressWarnings("unchecked")
    public T object(Entry entry) {
        var known = entry.decoded();
        if (known != null) {
            return (T) known;
        }
        var object = codec.decode(entry.bytes());
        entry.remember(object);
        return object;
    }
}

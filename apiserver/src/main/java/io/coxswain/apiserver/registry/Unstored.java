package io.coxswain.apiserver.registry;

import io.coxswain.api.columns.Columns;
import io.coxswain.api.fields.FieldSet;
import io.coxswain.api.fields.ManagedFields;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.schema.Strategy;
import io.coxswain.base.Clock;
import java.util.List;

/// What is answered but never stored, such as a review: its sender owns the fields it asked with,
/// as it would those of a new object.
public final class Unstored {

    private Unstored() {}

    /// A kind that is sent to a part of an object.
    public static <T extends Resource> Served<T> served(Class<T> type) {
        return new Served<>(
                ResourceKind.of(type),
                Strategy.standard(),
                new Columns<>(List::of, (object, now) -> List.of()),
                new RecordCodec<>(type),
                () -> Schema.of(type));
    }

    /// `object` with its managed fields.
    public static <T extends Resource> T owned(
            Class<T> type, T object, String subresource, WriteOptions options, Clock clock) {
        var codec = new RecordCodec<>(type);
        var fields =
                new ManagedFields(
                        Schema.of(type),
                        codec.emptyTree(),
                        ResourceKind.of(type).apiVersion(),
                        subresource,
                        FieldSet.of());
        var owners =
                fields.update(
                        null,
                        object.metadata(),
                        codec.difference(null, object),
                        options.fieldManager(),
                        clock.now());
        return codec.withMetadata(
                object, Edit.with(object.metadata(), ObjectMeta::managedFields, owners));
    }
}

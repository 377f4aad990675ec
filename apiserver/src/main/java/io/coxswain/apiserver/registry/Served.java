package io.coxswain.apiserver.registry;

import io.coxswain.api.columns.Columns;
import io.coxswain.api.fields.FieldSet;
import io.coxswain.api.fields.ManagedFields;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.schema.Strategy;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import io.coxswain.storage.Write;
import java.util.function.Supplier;

/// A kind as this server serves it.
///
/// @param schema made on first use
/// @param resource under which the store keeps the objects: the same for every version of a kind
public record Served<T>(
        ResourceKind<T> kind,
        Strategy<T> strategy,
        Columns<T> columns,
        ObjectCodec<T> codec,
        Supplier<Schema> schema,
        String resource) {

    /// A kind whose objects are stored under its own name.
    public Served(
            ResourceKind<T> kind,
            Strategy<T> strategy,
            Columns<T> columns,
            ObjectCodec<T> codec,
            Supplier<Schema> schema) {
        this(kind, strategy, columns, codec, schema, kind.groupResource());
    }

    /// The key of an object of this kind.
    public Key key(String namespace, String name) {
        return new Key(resource, kind.namespaced() ? namespace : "", name);
    }

    /// The group that errors name beside a kind: that of the stored version.
    public String errorGroup() {
        var dot = resource.indexOf('.');
        return dot < 0 ? "" : resource.substring(dot + 1);
    }

    /// A stored entry as clients of this version see it; the entry itself where that is how it is
    /// stored.
    public Entry view(Entry entry) {
        return isConverted() ? converted(entry) : entry;
    }

    /// Whether the objects are stored as those of another version.
    public boolean isConverted() {
        return codec instanceof ConvertedCodec<?, ?>;
    }

    @SuppressWarnings("unchecked")
    private Entry converted(Entry entry) {
        var object = object(entry);
        var encoded = ((ConvertedCodec<Resource, ?>) codec).shown((Resource) object);
        var draft = new Draft(entry.header(), encoded.bytes(), encoded.revisionGap());
        var bytes = entry.revision() == Write.ABSENT ? draft.bytes() : draft.at(entry.revision());
        var shown = new Entry(entry.key(), entry.revision(), entry.header(), bytes);
        shown.remember(object);
        return shown;
    }

    /// Who owns which field, seen through one part of the object. A main endpoint never changes the
    /// status where that is apart, and the status endpoint never the spec.
    public ManagedFields managedFields(Part part) {
        var ignored = FieldSet.of(strategy.resetBy(part.subresource()).toArray(new String[0]));
        return new ManagedFields(
                schema.get(), codec.emptyTree(), kind.apiVersion(), part.subresource(), ignored);
    }

    /// The object in `entry`, decoded at most once for the whole process where it is stored as it
    /// is.
    @SuppressWarnings("unchecked")
    public T object(Entry entry) {
        var known = entry.decoded();
        var type = kind.type();
        if (known != null && (type == null || type.isInstance(known))) {
            return (T) known;
        }
        var object = codec.decode(entry.bytes());
        if (!isConverted()) {
            entry.remember(object);
        }
        return object;
    }
}

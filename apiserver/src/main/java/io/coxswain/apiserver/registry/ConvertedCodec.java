package io.coxswain.apiserver.registry;

import io.coxswain.api.codec.Encoded;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Conversion;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;

/// Objects of a version that is not the stored one: clients send and see this version, the store
/// holds the other.
final class ConvertedCodec<T extends Resource, S extends Resource> implements ObjectCodec<T> {

    private final RecordCodec<T> own;
    private final RecordCodec<S> stored;
    private final Conversion<T, S> conversion;

    ConvertedCodec(
            ResourceKind<T> shown,
            Class<T> type,
            Class<S> storedType,
            Conversion<T, S> conversion) {
        this.own = new RecordCodec<>(type, shown);
        this.stored = new RecordCodec<>(storedType);
        this.conversion = conversion;
    }

    /// The bytes that a client of this version is shown.
    Encoded shown(T object) {
        return own.encode(object);
    }

    /// The same for an object without a resource version.
    byte[] shownUnstored(T object) {
        return own.write(object);
    }

    @Override
    public T read(byte[] json, Problems problems) {
        return own.read(json, problems);
    }

    @Override
    public T fromTree(Json.Obj tree, Problems problems) {
        return own.fromTree(tree, problems);
    }

    @Override
    public Json.Obj toTree(T object) {
        return own.toTree(object);
    }

    @Override
    public Json.Obj emptyTree() {
        return own.emptyTree();
    }

    @Override
    public Encoded encode(T object) {
        return stored.encode(conversion.toStored().apply(object));
    }

    @Override
    public byte[] withoutRevision(byte[] draft) {
        return stored.withoutRevision(draft);
    }

    @Override
    public T decode(byte[] bytes) {
        return conversion.fromStored().apply(stored.decode(bytes));
    }

    @Override
    public ObjectMeta metadata(T object) {
        return own.metadata(object);
    }

    @Override
    public T withMetadata(T object, ObjectMeta metadata) {
        return own.withMetadata(object, metadata);
    }
}

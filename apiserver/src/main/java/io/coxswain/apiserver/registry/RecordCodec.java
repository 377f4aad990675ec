package io.coxswain.apiserver.registry;

import io.coxswain.api.codec.Difference;
import io.coxswain.api.codec.Encoded;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import org.jspecify.annotations.Nullable;

/// Objects of a built-in kind are records.
final class RecordCodec<T extends Resource> implements ObjectCodec<T> {

    private final Class<T> type;
    private final RecordType<T> record;
    private final int metadata;
    private final String apiVersion;
    private final @Nullable VersionLabel label;

    RecordCodec(Class<T> type) {
        this(type, ResourceKind.of(type));
    }

    /// @param shown the kind that the objects are shown as, perhaps not in the version of the
    ///     record
    RecordCodec(Class<T> type, ResourceKind<T> shown) {
        this.type = type;
        this.record = RecordType.of(type);
        this.metadata = record.component("metadata").index();
        this.apiVersion = shown.apiVersion();
        var own = ResourceKind.of(type);
        this.label = own.equals(shown) ? null : VersionLabel.of(own, shown);
    }

    @Override
    public T read(byte[] json, Problems problems) {
        try {
            return RecordReader.read(type, json, problems);
        } catch (DecodeError e) {
            throw cannotHandle(e);
        }
    }

    @Override
    public T fromTree(Json.Obj tree, Problems problems) {
        try {
            return RecordReader.fromTree(type, tree, problems);
        } catch (DecodeError e) {
            throw cannotHandle(e);
        }
    }

    @Override
    public Json.Obj toTree(T object) {
        var tree = RecordWriter.toTree((Record) object);
        return label == null ? tree : tree.with("apiVersion", Json.of(apiVersion));
    }

    @Override
    public Json.Obj emptyTree() {
        return toTree(record.empty());
    }

    @Override
    public Difference difference(@Nullable T before, T after) {
        return Difference.of((Record) (before == null ? record.empty() : before), (Record) after);
    }

    @Override
    public boolean same(T a, T b) {
        return Difference.none((Record) a, (Record) b);
    }

    @Override
    public Encoded encode(T object) {
        var encoded = RecordWriter.encode((Record) object);
        return label == null ? encoded : label.on(encoded);
    }

    @Override
    public T decode(byte[] stored) {
        try {
            return RecordReader.read(type, stored, new Problems());
        } catch (DecodeError e) {
            throw new IllegalStateException("a stored object cannot be read", e);
        }
    }

    /// The JSON of an object without a resource version.
    byte[] write(T object) {
        var json = RecordWriter.write((Record) object);
        return label == null ? json : label.on(json);
    }

    @Override
    public byte[] withoutRevision(byte[] draft) {
        return RecordWriter.write((Record) decode(draft));
    }

    @Override
    public ObjectMeta metadata(T object) {
        return object.metadata();
    }

    @Override
    public T withMetadata(T object, ObjectMeta meta) {
        var values = record.values(object);
        values[metadata] = meta;
        return record.create(values);
    }

    private RuntimeException cannotHandle(DecodeError error) {
        var kind = type.getSimpleName();
        return Errors.badRequest(
                kind
                        + " in version \""
                        + apiVersion.substring(apiVersion.indexOf('/') + 1)
                        + "\" cannot be handled as a "
                        + kind
                        + ": "
                        + error.getMessage());
    }
}

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

    RecordCodec(Class<T> type) {
        this.type = type;
        this.record = RecordType.of(type);
        this.metadata = record.component("metadata").index();
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
        return RecordWriter.toTree((Record) object);
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
        return RecordWriter.encode((Record) object);
    }

    @Override
    public T decode(byte[] stored) {
        try {
            return RecordReader.read(type, stored, new Problems());
        } catch (DecodeError e) {
            throw new IllegalStateException("a stored object cannot be read", e);
        }
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
                        + ResourceKind.of(type).version()
                        + "\" cannot be handled as a "
                        + kind
                        + ": "
                        + error.getMessage());
    }
}

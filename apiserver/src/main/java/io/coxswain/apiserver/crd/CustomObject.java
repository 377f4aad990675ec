package io.coxswain.apiserver.crd;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// An object of a custom kind: metadata as every object has it, and a tree. Immutable.
public final class CustomObject implements Resource {

    private static final String STATUS = "status";

    private final ResourceKind<CustomObject> kind;
    private final ObjectMeta metadata;
    private final Json.Obj content;
    private final boolean stale;

    /// @param content everything but kind, version and metadata
    CustomObject(ResourceKind<CustomObject> kind, ObjectMeta metadata, Json.Obj content) {
        this(kind, metadata, content, false);
    }

    private CustomObject(
            ResourceKind<CustomObject> kind, ObjectMeta metadata, Json.Obj content, boolean stale) {
        this.kind = kind;
        this.metadata = metadata;
        this.content = content;
        this.stale = stale;
    }

    /// Whether the stored bytes are of a version that is no longer the one to store.
    boolean stale() {
        return stale;
    }

    CustomObject asStale() {
        return new CustomObject(kind, metadata, content, true);
    }

    ResourceKind<CustomObject> kind() {
        return kind;
    }

    @Override
    public ObjectMeta metadata() {
        return metadata;
    }

    Json.Obj content() {
        return content;
    }

    @Override
    public boolean namespaced() {
        return kind.namespaced();
    }

    /// The whole object, as clients see it.
    Json.Obj tree() {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("apiVersion", Json.of(kind.apiVersion()));
        fields.put("kind", Json.of(kind.kind()));
        fields.put("metadata", RecordWriter.toTree(metadata));
        fields.putAll(content.fields());
        return new Json.Obj(fields);
    }

    CustomObject with(ObjectMeta other) {
        return new CustomObject(kind, other, content);
    }

    CustomObject with(Json.Obj other) {
        return new CustomObject(kind, metadata, other);
    }

    CustomObject withoutStatus() {
        return with(content.without(STATUS));
    }

    CustomObject withStatusOf(CustomObject other) {
        var status = other.status();
        return status == null ? withoutStatus() : with(content.with(STATUS, status));
    }

    @Nullable Json status() {
        return content.get(STATUS);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomObject that
                && kind.equals(that.kind)
                && metadata.equals(that.metadata)
                && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return metadata.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + metadata.namespace() + "/" + metadata.name();
    }
}

package io.coxswain.apiserver.crd;

import io.coxswain.api.codec.Encoded;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.patch.Depth;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.structural.EmbeddedMetadata;
import io.coxswain.api.structural.Pruning;
import io.coxswain.api.structural.Structural;
import io.coxswain.apiserver.registry.ObjectCodec;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Objects of one version of a custom kind are trees, pruned by its schema.
final class CustomCodec implements ObjectCodec<CustomObject> {

    private static final String REVISION = "resourceVersion";

    private final ResourceKind<CustomObject> kind;
    private final Structural schema;
    private final StoredForm stored;

    CustomCodec(ResourceKind<CustomObject> kind, Structural schema, StoredForm stored) {
        this.kind = kind;
        this.schema = schema;
        this.stored = stored;
    }

    @Override
    public CustomObject read(byte[] json, Problems problems) {
        Json tree;
        try {
            tree = JsonReader.read(json, problems::duplicate);
        } catch (DecodeError e) {
            throw cannotHandle(e.getMessage());
        }
        if (!(tree instanceof Json.Obj object)) {
            throw cannotHandle(
                    "json: cannot unmarshal into Go value of type map[string]interface {}");
        }
        if (object.text("kind").isEmpty()) {
            throw Errors.badRequest(
                    "the object provided is unrecognized (must be of type "
                            + kind.kind()
                            + "): Object 'Kind' is missing");
        }
        return fromTree(object, problems);
    }

    @Override
    public CustomObject fromTree(Json.Obj tree, Problems problems) {
        checkType(tree);
        return Depth.guard(() -> {
            var metadata = metadata(tree.get("metadata"), problems);
            var known = EmbeddedMetadata.coerce(content(tree), schema, problems);
            return new CustomObject(
                    kind, metadata, Pruning.prune(known, schema, problems::unknown));
        });
    }

    /// The object in a tree that this server wrote, whatever version it was in then.
    CustomObject fromStored(Json.Obj tree) {
        var read = tree.object("metadata");
        ObjectMeta metadata;
        try {
            metadata = RecordReader.fromTree(ObjectMeta.class, read, new Problems());
        } catch (DecodeError e) {
            metadata = RecordReader.fromTree(ObjectMeta.class, essential(read), new Problems());
        }
        var known = EmbeddedMetadata.coerce(content(tree), schema, new Problems());
        return new CustomObject(kind, metadata, Pruning.prune(known, schema, path -> {}));
    }

    @Override
    public Json.Obj toTree(CustomObject object) {
        return object.tree();
    }

    @Override
    public Json.Obj emptyTree() {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("apiVersion", Json.of(kind.apiVersion()));
        fields.put("kind", Json.of(kind.kind()));
        return new Json.Obj(fields);
    }

    @Override
    public Encoded encode(CustomObject object) {
        return StoredTree.encode(object.tree());
    }

    @Override
    public byte[] withoutRevision(byte[] draft) {
        return StoredTree.withoutRevision(JsonReader.readObject(draft));
    }

    @Override
    public CustomObject decode(byte[] bytes) {
        return fromStored(JsonReader.readObject(bytes));
    }

    @Override
    public CustomObject translated(Entry written) {
        return decode(stored.shown(List.of(written)).getFirst().bytes());
    }

    @Override
    public ObjectMeta metadata(CustomObject object) {
        return object.metadata();
    }

    @Override
    public CustomObject withMetadata(CustomObject object, ObjectMeta metadata) {
        return object.with(metadata);
    }

    @Override
    public Store over(Store store) {
        return new VersionedStore(store, kind.groupResource(), stored);
    }

    @Override
    public boolean stale(Entry entry) {
        return entry.decoded() instanceof CustomObject object && object.stale();
    }

    @Override
    public Json.Obj published() {
        return schema.tree();
    }

    @Override
    public String storedVersion(String served) {
        return stored.storedVersion();
    }

    /// A version may get a webhook at any time.
    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public boolean listsNameKind() {
        return true;
    }

    private ObjectMeta metadata(@Nullable Json tree, Problems problems) {
        return switch (tree) {
            case null -> RecordType.of(ObjectMeta.class).empty();
            case Json.Null n -> RecordType.of(ObjectMeta.class).empty();
            case Json.Obj object -> {
                try {
                    yield EmbeddedMetadata.read(object, "metadata", problems);
                } catch (DecodeError e) {
                    throw cannotHandle(e.getMessage());
                }
            }
            case Json other ->
                    throw cannotHandle(
                            "json: cannot unmarshal "
                                    + JsonReader.typeName(other)
                                    + " into Go struct field ObjectMeta.metadata of type"
                                    + " v1.ObjectMeta");
        };
    }

    /// What is needed of metadata of which some part cannot be read.
    private static Json.Obj essential(Json.Obj metadata) {
        var kept = new LinkedHashMap<String, Json>();
        for (var name : new String[] {"name", "namespace", "uid", REVISION, "creationTimestamp"}) {
            var value = metadata.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return new Json.Obj(kept);
    }

    private static Json.Obj content(Json.Obj tree) {
        var fields = new LinkedHashMap<String, Json>(tree.fields());
        fields.keySet().removeAll(Set.of("apiVersion", "kind", "metadata"));
        return new Json.Obj(fields);
    }

    /// An object cannot say that it is of another kind.
    private void checkType(Json.Obj tree) {
        var errors = new FieldErrors();
        for (var fact : Map.of("apiVersion", kind.apiVersion(), "kind", kind.kind()).entrySet()) {
            var named = tree.get(fact.getKey());
            if (named != null && !named.equals(Json.of(fact.getValue()))) {
                errors.at(fact.getKey()).invalid(named, "must be " + fact.getValue());
            }
        }
        if (!errors.isEmpty()) {
            var name = tree.object("metadata").text("name");
            throw Errors.invalid(kind.group(), tree.text("kind"), name, errors.all());
        }
    }

    private RuntimeException cannotHandle(String why) {
        return Errors.badRequest(
                kind.kind()
                        + " in version \""
                        + kind.version()
                        + "\" cannot be handled as a "
                        + kind.kind()
                        + ": "
                        + why);
    }
}

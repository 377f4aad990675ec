package io.coxswain.apiserver.layout;

import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Endpoints;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.proto.Envelope;
import io.coxswain.apiserver.crd.StoredTree;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Headers;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Key;
import io.coxswain.storage.Layout;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keys and values as `kube-apiserver` has them.
///
/// Built-in kinds are written in protobuf, unless JSON is asked for, and custom ones in JSON.
/// Whatever a value says it is, in either form and in any version that is known here, is read.
public final class UpstreamLayout implements Layout {

    /// What the Endpoints of API servers are kept under, which no client sees.
    public static final String MASTER_LEASES = "masterleases";

    /// What node ports that were just given out are kept under; upstream has nothing there.
    public static final String NODE_PORTS = "nodeports";

    private final Map<String, Served<?>> stored = new HashMap<>();
    private final Map<TypeMeta, Served<?>> byType = new HashMap<>();
    private final Headers headers = new Headers();
    private final CustomFields customFields = new CustomFields();
    private final Paths paths;
    private final boolean protobuf;

    private UpstreamLayout(Catalog catalog, boolean protobuf) {
        this.protobuf = protobuf;
        for (var kind : catalog.all()) {
            if (!kind.isConverted()) {
                stored.put(kind.resource(), kind);
            }
            byType.put(new TypeMeta(kind.kind().apiVersion(), kind.kind().kind()), kind);
        }
        stored.put(MASTER_LEASES, catalog.of(Endpoints.class));
        stored.put(NODE_PORTS, catalog.of(ConfigMap.class));
        this.paths = new Paths(stored.keySet());
    }

    /// Writes protobuf where there is a message.
    public static UpstreamLayout protobuf() {
        return new UpstreamLayout(new Catalog(), true);
    }

    /// Writes JSON only.
    public static UpstreamLayout json() {
        return new UpstreamLayout(new Catalog(), false);
    }

    /// What `--storage-media-type` names. Throws [IllegalArgumentException].
    public static UpstreamLayout of(String mediaType) {
        return switch (mediaType) {
            case Envelope.MEDIA_TYPE -> protobuf();
            case "application/json" -> json();
            default ->
                    throw new IllegalArgumentException(
                            "--storage-media-type must be application/json or "
                                    + Envelope.MEDIA_TYPE
                                    + ", not "
                                    + mediaType);
        };
    }

    @Override
    public String path(Key key) {
        return paths.path(key);
    }

    @Override
    public @Nullable Key key(String path) {
        return paths.key(path);
    }

    @Override
    public byte[] value(Key key, Draft draft) {
        if (draft.gap() < 0) {
            return draft.bytes();
        }
        var kind = stored.get(key.resource());
        if (kind == null) {
            return StoredTree.withoutRevision(JsonReader.readObject(draft.bytes()));
        }
        return protobuf && kind.codec().decode(draft.bytes()) instanceof Record record
                ? Envelope.of(record)
                : kind.codec().withoutRevision(draft.bytes());
    }

    @Override
    public Draft draft(Key key, byte[] value) {
        try {
            var kind = stored.get(key.resource());
            return kind == null ? customDraft(key, value) : builtInDraft(key, kind, value);
        } catch (DecodeError | ClassCastException | IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Draft builtInDraft(Key key, Served<?> kind, byte[] value) {
        var draft =
                Envelope.looksLike(value)
                        ? fromProtobuf(kind, value)
                        : of(written(kind, TypeMeta.of(value)), kind, value);
        if (key.resource().equals(CustomFields.DEFINITIONS)) {
            customFields.learn(key.name(), draft.bytes());
        }
        return draft;
    }

    private Draft fromProtobuf(Served<?> kind, byte[] value) {
        var envelope = Envelope.open(value);
        var written = written(kind, envelope.type());
        var type = written.kind().type();
        if (type == null) {
            throw new IllegalArgumentException(envelope.type() + " has no message");
        }
        return draft(written, kind, envelope.read(type));
    }

    private <T> Draft of(Served<T> written, Served<?> kind, byte[] json) {
        return draft(written, kind, written.codec().decode(json));
    }

    /// The kind that a value says it is of; one in a version that is not known is read as if it
    /// were in the stored one.
    private Served<?> written(Served<?> kind, TypeMeta type) {
        var known = byType.get(type);
        return known != null && known.resource().equals(kind.resource()) ? known : kind;
    }

    @SuppressWarnings("unchecked")
    private <S> Draft draft(Served<?> written, Served<S> kind, Object object) {
        var encoded = ((Served<Object>) written).codec().encode(object);
        var same = written.equals(kind);
        var stored = same ? (S) object : kind.codec().decode(encoded.bytes());
        return new Draft(headers.of(kind, stored), encoded.bytes(), encoded.revisionGap());
    }

    private Draft customDraft(Key key, byte[] value) {
        var tree = JsonReader.readObject(value);
        var encoded = StoredTree.encode(tree);
        return new Draft(
                customFields.header(key.resource(), tree), encoded.bytes(), encoded.revisionGap());
    }
}

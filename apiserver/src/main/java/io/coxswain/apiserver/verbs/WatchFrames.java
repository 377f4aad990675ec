package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.meta.PartialObjectMetadata;
import io.coxswain.api.proto.Frames;
import io.coxswain.api.proto.ProtoWriter;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.WatchedObject;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.MediaType;
import io.coxswain.apiserver.media.Messages;
import io.coxswain.apiserver.media.Negotiation;
import io.coxswain.http.Payload;
import io.coxswain.storage.Entry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The frames of a watch: `{"type":"ADDED","object":{…}}` and a newline, or the same as a protobuf
/// message behind its length. The object's bytes are the stored ones.
record WatchFrames(Negotiation wanted, Messages messages) {

    private static final byte[] END = "}\n".getBytes(StandardCharsets.US_ASCII);

    private static final int SHARED_BYTES_MAX = 16 << 10;

    /// The frames made last, by revision. Races are harmless: a frame is made once more.
    private static final @Nullable Recent[] RECENT = new @Nullable Recent[256];

    private static final @Nullable Recent[] RECENT_PROTOBUF = new @Nullable Recent[256];

    private record Recent(String type, Entry entry, Payload payload) {
        @SuppressWarnings("ReferenceEquality") // Two stores may hold equal keys and revisions.
        boolean of(String wanted, Entry other) {
            return entry == other && type.equals(wanted);
        }
    }

    /// Many watchers wait for the same change, and all get the same bytes.
    private static Payload shared(
            @Nullable Recent[] frames, String type, Entry entry, Supplier<byte[]> maker) {
        var slot = (int) entry.revision() & (frames.length - 1);
        var recent = frames[slot];
        if (recent != null && recent.of(type, entry)) {
            return recent.payload;
        }
        var payload = Payload.of(maker.get());
        if (payload.bytes().length <= SHARED_BYTES_MAX) {
            frames[slot] = new Recent(type, entry, payload);
        }
        return payload;
    }

    /// An object, whole or its metadata alone.
    <T> Payload object(ResourceCall<T> call, String type, Entry entry) {
        if (wanted.mediaType() == MediaType.PROTOBUF) {
            return wanted.metadataOnly()
                    ? metadata(type, Representation.metadata(call, entry))
                    : shared(
                            RECENT_PROTOBUF,
                            type,
                            entry,
                            () ->
                                    Frames.event(
                                            type,
                                            Representation.type(call, ""),
                                            messages.of(call.kind(), entry)));
        }
        if (wanted.metadataOnly()) {
            var tree = JsonReader.readObject(entry.bytes());
            return of(type, Metadata.only(tree, wanted.version()));
        }
        if (call.call().request().peer().address() != null) {
            return shared(RECENT, type, entry, () -> frame(type, entry.bytes()));
        }
        // A receiver in this process takes the source.
        var revision = Long.toString(entry.revision());
        var source = new WatchedObject(type, call.kind().object(entry), revision);
        return Payload.lazy(() -> frame(type, entry.bytes()), source);
    }

    private Payload metadata(String type, PartialObjectMetadata object) {
        var name = Representation.metaType(wanted, "PartialObjectMetadata");
        return Payload.of(Frames.event(type, name, ProtoWriter.write(object)));
    }

    static Payload of(String type, Json.Obj object) {
        return Payload.of(frame(type, JsonWriter.write(object)));
    }

    Payload error(ApiError error) {
        var status = error.status();
        var bytes =
                wanted.mediaType() == MediaType.PROTOBUF
                        ? Frames.event("ERROR", Answers.STATUS, ProtoWriter.write(status))
                        : frame("ERROR", RecordWriter.write(status));
        return Payload.of(bytes, error);
    }

    /// Says how far the watch has come.
    ///
    /// @param initialEnd whether this is the bookmark that ends the initial events
    <T> Payload bookmark(ResourceCall<T> call, long revision, boolean initialEnd) {
        var tree = bookmark(call.kind().kind(), revision, initialEnd);
        if (wanted.mediaType() == MediaType.PROTOBUF) {
            var object = call.kind().codec().fromTree(tree, new Problems());
            if (wanted.metadataOnly()) {
                var metadata = call.kind().codec().metadata(object);
                return metadata("BOOKMARK", new PartialObjectMetadata("", "", metadata));
            }
            var type = new TypeMeta(tree.text("apiVersion"), tree.text("kind"));
            return Payload.of(Frames.event("BOOKMARK", type, ProtoWriter.write((Record) object)));
        }
        return of("BOOKMARK", wanted.metadataOnly() ? Metadata.only(tree, wanted.version()) : tree);
    }

    private static Json.Obj bookmark(ResourceKind<?> kind, long revision, boolean initialEnd) {
        var metadata = new LinkedHashMap<String, Json>();
        metadata.put("resourceVersion", Json.of(Long.toString(revision)));
        if (initialEnd) {
            metadata.put(
                    "annotations",
                    Json.object(Map.of("k8s.io/initial-events-end", Json.of("true"))));
        }
        var object = new LinkedHashMap<String, Json>();
        object.put("kind", Json.of(kind.kind()));
        object.put("apiVersion", Json.of(kind.apiVersion()));
        object.put("metadata", new Json.Obj(metadata));
        return new Json.Obj(object);
    }

    private static byte[] frame(String type, byte[] object) {
        var head = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII);
        var length = object.length;
        // Bytes may end with a newline of their own, which has no place inside a frame.
        while (length > 0 && object[length - 1] == '\n') {
            length--;
        }
        var frame = new byte[head.length + length + END.length];
        System.arraycopy(head, 0, frame, 0, head.length);
        System.arraycopy(object, 0, frame, head.length, length);
        System.arraycopy(END, 0, frame, head.length + length, END.length);
        return frame;
    }
}

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

/// The frames of a watch: `{"type":"ADDED","object":{…}}` and a newline, or the same as a protobuf
/// message behind its length. The object's bytes are the stored ones.
record WatchFrames(Negotiation wanted, Messages messages, FrameCache cache) {

    private static final byte[] END = "}\n".getBytes(StandardCharsets.US_ASCII);

    /// An object, whole or its metadata alone.
    <T> Payload object(ResourceCall<T> call, String type, Entry entry) {
        if (wanted.mediaType() == MediaType.PROTOBUF) {
            return wanted.metadataOnly()
                    ? metadata(type, Representation.metadata(call, entry))
                    : cache.get(
                            MediaType.PROTOBUF,
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
            return cache.get(MediaType.JSON, type, entry, () -> frame(type, entry.bytes()));
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

package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.http.Payload;
import io.coxswain.storage.Entry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The frames of a watch: `{"type":"ADDED","object":{…}}` and a newline. The object's bytes are the
/// stored ones.
final class WatchFrames {

    private static final byte[] END = "}\n".getBytes(StandardCharsets.US_ASCII);

    private static final int SHARED_BYTES_MAX = 16 << 10;

    /// The frames made last, by revision. Races are harmless: a frame is made once more.
    private static final Recent[] RECENT = new Recent[256];

    private WatchFrames() {}

    /// For a receiver in this process, who takes the source.
    static Payload of(String type, Entry entry, Object source) {
        return Payload.lazy(() -> frame(type, entry.bytes()), source);
    }

    /// For everybody else. Many watchers wait for the same change, and all get the same bytes.
    static Payload of(String type, Entry entry) {
        var slot = (int) entry.revision() & (RECENT.length - 1);
        var recent = RECENT[slot];
        if (recent != null && recent.of(type, entry)) {
            return recent.payload;
        }
        var payload = Payload.of(frame(type, entry.bytes()));
        if (payload.bytes().length <= SHARED_BYTES_MAX) {
            RECENT[slot] = new Recent(type, entry, payload);
        }
        return payload;
    }

    private record Recent(String type, Entry entry, Payload payload) {
        @SuppressWarnings("ReferenceEquality") // Two stores may hold equal keys and revisions.
        boolean of(String wanted, Entry other) {
            return entry == other && type.equals(wanted);
        }
    }

    static Payload of(String type, Json.Obj object) {
        return Payload.of(frame(type, JsonWriter.write(object)));
    }

    static Payload error(ApiError error) {
        return Payload.of(frame("ERROR", RecordWriter.write(error.status())), error);
    }

    /// Says how far the watch has come.
    ///
    /// @param initialEnd whether this is the bookmark that ends the initial events
    static Json.Obj bookmark(ResourceKind<?> kind, long revision, boolean initialEnd) {
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

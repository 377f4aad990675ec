package io.coxswain.client;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceList;
import io.coxswain.api.schema.WatchedObject;
import io.coxswain.client.WatchStream.WatchEvent;
import io.coxswain.http.Payload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bodies of requests and answers as objects. An answer made in this process brings its object as
/// the payload's source, and that is used as it is.
final class Bodies {

    static final String JSON = "application/json";

    private static final int ERROR_TEXT_MAX = 512;

    private Bodies() {}

    /// The bytes of an object, and the object itself for whoever is in this process.
    static Payload of(Object record) {
        return Payload.of(RecordWriter.write((Record) record), record);
    }

    static Payload of(Json tree) {
        return Payload.of(JsonWriter.write(tree), tree);
    }

    static <T> T object(Payload body, Class<T> type) {
        return type.isInstance(body.source())
                ? type.cast(body.source())
                : RecordReader.read(type, body.bytes());
    }

    static Json.Obj tree(Payload body) {
        return body.source() instanceof Json.Obj tree ? tree : JsonReader.readObject(body.bytes());
    }

    @SuppressWarnings("unchecked")
    static <T extends Resource> ResourceList<T> list(Payload body, Class<T> type) {
        if (body.source() instanceof ResourceList<?> list
                && list.items().stream().allMatch(type::isInstance)) {
            return (ResourceList<T>) list;
        }
        var tree = tree(body);
        var metadata = tree.object("metadata");
        List<T> items = new ArrayList<>(tree.items("items").size());
        for (var item : tree.items("items")) {
            if (item instanceof Json.Obj object) {
                items.add(fromTree(object, type));
            }
        }
        return new ResourceList<>(
                metadata.text("resourceVersion"), metadata.text("continue"), items);
    }

    /// One line of a watch. Throws [ApiError] for an ERROR event.
    static <T extends Resource> WatchEvent<T> event(Payload line, Class<T> type) {
        if (line.source() instanceof WatchedObject watched && type.isInstance(watched.object())) {
            return new WatchEvent<>(
                    WatchStream.Type.valueOf(watched.type()),
                    type.cast(watched.object()),
                    watched.resourceVersion());
        }
        var event = event(line);
        var object = event.object();
        return new WatchEvent<>(
                event.type(),
                object == null ? null : fromTree(object, type),
                event.resourceVersion());
    }

    static WatchEvent<Json.Obj> event(Payload line) {
        if (line.source() instanceof ApiError error) {
            throw error;
        }
        var event = tree(line);
        var object = event.object("object");
        var version = object.object("metadata").text("resourceVersion");
        return switch (event.text("type")) {
            case "ADDED" -> new WatchEvent<>(WatchStream.Type.ADDED, object, version);
            case "MODIFIED" -> new WatchEvent<>(WatchStream.Type.MODIFIED, object, version);
            case "DELETED" -> new WatchEvent<>(WatchStream.Type.DELETED, object, version);
            case "BOOKMARK" -> new WatchEvent<>(WatchStream.Type.BOOKMARK, null, version);
            case "ERROR" -> throw new ApiError(fromTree(object, Status.class));
            default -> throw new DecodeError("unknown watch event type " + event.text("type"));
        };
    }

    /// The `Status` of an answer that is no success; made up when the body is none, as a proxy's.
    static ApiError error(int code, Payload body) {
        var status = status(body);
        if (status != null && status.code() != 0) {
            return new ApiError(status);
        }
        var text = body.text();
        var excerpt = text.substring(0, Math.min(text.length(), ERROR_TEXT_MAX)).strip();
        return Errors.of(code, reason(code), excerpt.isEmpty() ? "status " + code : excerpt, null);
    }

    private static @Nullable Status status(Payload body) {
        if (body.source() instanceof Status status) {
            return status;
        }
        try {
            return RecordReader.read(Status.class, body.bytes());
        } catch (DecodeError e) {
            return null;
        }
    }

    private static String reason(int code) {
        return switch (code) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> code >= 500 ? "InternalError" : "Unknown";
        };
    }

    private static <T> T fromTree(Json.Obj tree, Class<T> type) {
        return RecordReader.fromTree(type, tree, new Problems());
    }
}

package io.coxswain.apiserver.audit;

import io.coxswain.api.Kinds;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.media.MediaType;
import io.coxswain.http.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Bodies as trees, whatever they were sent as. What cannot be read is left out: the answer says
/// what was wrong with it.
final class AuditBodies {

    private AuditBodies() {}

    private record Named(ObjectMeta metadata) {}

    static @Nullable Json tree(Payload body, @Nullable String contentType) {
        try {
            if (body.source() instanceof Json.Obj tree) {
                return tree;
            }
            if (body.source() instanceof Record record && record instanceof Resource) {
                return RecordWriter.toTree(record);
            }
            var bytes = body.bytes();
            return bytes.length == 0 ? null : tree(bytes, MediaType.bare(contentType));
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    static @Nullable Json tree(byte[] bytes, String type) {
        try {
            if (Envelope.looksLike(bytes)) {
                return message(Envelope.open(bytes));
            }
            return type.endsWith("yaml")
                    ? Yaml.read(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                    : JsonReader.read(bytes);
        } catch (DecodeError e) {
            return null;
        }
    }

    private static @Nullable Json message(Envelope message) {
        var kind = Kinds.byKind(message.type().apiVersion(), message.type().kind());
        return kind == null ? null : RecordWriter.toTree((Record) message.read(kind.type()));
    }

    /// What an object that was sent says about itself; null when it cannot be read.
    static @Nullable ObjectMeta metadata(Payload body, @Nullable String contentType) {
        if (body.source() instanceof Resource object) {
            return object.metadata();
        }
        try {
            if (Envelope.looksLike(body.bytes()) || MediaType.bare(contentType).endsWith("yaml")) {
                return tree(body, contentType) instanceof Json.Obj tree
                        ? RecordReader.fromTree(
                                        Named.class, tree, new io.coxswain.api.codec.Problems())
                                .metadata()
                        : null;
            }
            return RecordReader.read(Named.class, body.bytes()).metadata();
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    /// Without the notes about who owns which field, in an object, the items of a list and the rows
    /// of a table.
    static @Nullable Json withoutOwners(@Nullable Json body) {
        if (!(body instanceof Json.Obj object)) {
            return body;
        }
        var stripped = strip(object);
        for (var list : new String[] {"items", "rows"}) {
            if (object.get(list) instanceof Json.Arr(var items)) {
                var clean = new ArrayList<Json>();
                items.forEach(item -> clean.add(item instanceof Json.Obj some ? row(some) : item));
                stripped = stripped.with(list, new Json.Arr(clean));
            }
        }
        return stripped;
    }

    private static Json row(Json.Obj item) {
        return item.get("object") instanceof Json.Obj object && item.get("cells") != null
                ? item.with("object", strip(object))
                : strip(item);
    }

    private static Json.Obj strip(Json.Obj object) {
        var metadata = object.object("metadata");
        if (metadata.get("managedFields") == null) {
            return object;
        }
        var fields = new LinkedHashMap<>(object.fields());
        fields.put("metadata", metadata.without("managedFields"));
        return new Json.Obj(fields);
    }
}

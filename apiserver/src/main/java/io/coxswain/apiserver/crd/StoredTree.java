package io.coxswain.apiserver.crd;

import io.coxswain.api.codec.Encoded;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonBuffer;
import io.coxswain.api.json.JsonWriter;
import java.util.TreeMap;

/// The canonical bytes of an object that is a tree, with a gap where the resource version belongs.
public final class StoredTree {

    private static final String REVISION = "resourceVersion";

    private StoredTree() {}

    public static Encoded encode(Json.Obj tree) {
        var out = new JsonBuffer(1024).raw('{');
        var gap = -1;
        for (var field : new TreeMap<>(tree.fields()).entrySet()) {
            out.raw(out.length() == 1 ? "" : ",").string(field.getKey()).raw(':');
            if (field.getKey().equals("metadata")) {
                gap = metadata((Json.Obj) field.getValue(), out);
            } else {
                out.raw(JsonWriter.canonical(field.getValue()));
            }
        }
        return new Encoded(out.raw('}').toBytes(), gap);
    }

    /// Writes the metadata with an empty resource version; returns where its digits belong.
    private static int metadata(Json.Obj metadata, JsonBuffer out) {
        out.raw('{');
        var start = out.length();
        var gap = -1;
        for (var field : new TreeMap<>(metadata.with(REVISION, Json.of("")).fields()).entrySet()) {
            out.raw(out.length() == start ? "" : ",").string(field.getKey()).raw(':');
            if (field.getKey().equals(REVISION)) {
                gap = out.length() + 1;
                out.raw("\"\"");
            } else {
                out.raw(JsonWriter.canonical(field.getValue()));
            }
        }
        out.raw('}');
        return gap;
    }

    /// The canonical bytes of a draft without any resource version.
    public static byte[] withoutRevision(Json.Obj tree) {
        var metadata = tree.object("metadata").without(REVISION);
        return JsonWriter.canonical(tree.with("metadata", metadata));
    }
}

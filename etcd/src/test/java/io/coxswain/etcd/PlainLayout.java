package io.coxswain.etcd;

import io.coxswain.storage.Draft;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import io.coxswain.storage.Layout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps drafts as they are, for tests that do not care what objects are.
final class PlainLayout implements Layout {

    @Override
    public String path(Key key) {
        var namespace = key.namespace().isEmpty() ? "" : key.namespace() + "/";
        return key.resource() + "/" + namespace + key.name();
    }

    @Override
    public @Nullable Key key(String path) {
        var parts = path.split("/");
        if (path.startsWith("coxswain/")) {
            return null;
        }
        return switch (parts.length) {
            case 2 -> new Key(parts[0], "", parts[1]);
            case 3 -> new Key(parts[0], parts[1], parts[2]);
            default -> null;
        };
    }

    @Override
    public byte[] value(Key key, Draft draft) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(draft.gap());
            out.writeUTF(draft.header().uid());
            var labels = new TreeMap<>(draft.header().labels());
            out.writeInt(labels.size());
            for (var label : labels.entrySet()) {
                out.writeUTF(label.getKey());
                out.writeUTF(label.getValue());
            }
            out.write(draft.bytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public Draft draft(Key key, byte[] value) {
        try (var in = new DataInputStream(new ByteArrayInputStream(value))) {
            var gap = in.readInt();
            var uid = in.readUTF();
            var labels = new TreeMap<String, String>();
            for (var left = in.readInt(); left > 0; left--) {
                labels.put(in.readUTF(), in.readUTF());
            }
            var header = new Header(uid, Map.copyOf(labels), Map.of(), List.of());
            return new Draft(header, in.readAllBytes(), gap);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

package io.coxswain.apiserver.media;

import io.coxswain.api.proto.ProtoWriter;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.Entry;
import java.util.ArrayDeque;

/// The protobuf messages of stored objects: made when somebody asks first, then remembered with the
/// version until newer ones need the room.
public final class Messages {

    /// What the messages remembered may take together.
    private static final long BYTES_MAX =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    private final ArrayDeque<Entry> remembered = new ArrayDeque<>();
    private long size;

    /// The message of an object of a built-in kind. Shared: never change it.
    public byte[] of(Served<?> kind, Entry entry) {
        var known = entry.translated();
        if (known != null) {
            return known;
        }
        var decoded = entry.decoded();
        var object = decoded == null ? kind.codec().decode(entry.bytes()) : decoded;
        var message = ProtoWriter.write((Record) object);
        remember(entry, message);
        return message;
    }

    private synchronized void remember(Entry entry, byte[] message) {
        if (entry.translated() != null) {
            return;
        }
        entry.rememberTranslated(message);
        remembered.add(entry);
        size += message.length;
        while (size > BYTES_MAX) {
            var oldest = remembered.remove();
            var forgotten = oldest.translated();
            size -= forgotten == null ? 0 : forgotten.length;
            oldest.rememberTranslated(null);
        }
    }
}

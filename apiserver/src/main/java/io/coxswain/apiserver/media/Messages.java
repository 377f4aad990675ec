package io.coxswain.apiserver.media;

import io.coxswain.api.proto.ProtoWriter;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.Entry;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;

/// The protobuf messages of stored objects: made when somebody asks first, then remembered with the
/// version until newer ones need the room.
public final class Messages {

    /// What the messages remembered may take together.
    private static final long BYTES_MAX =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    private final ArrayDeque<Remembered> remembered = new ArrayDeque<>();
    private long size;

    /// A version that has its message with it, for as long as somebody needs the version.
    private record Remembered(WeakReference<Entry> entry, int bytes) {}

    /// The message of an object of a built-in kind. Shared: never change it.
    public byte[] of(Served<?> kind, Entry entry) {
        var known = entry.translated();
        if (known != null) {
            return known;
        }
        var message = ProtoWriter.write((Record) object(kind, entry));
        if (!kind.isConverted()) {
            remember(entry, message);
        }
        return message;
    }

    /// Not remembered: who reads protobuf is not in this process.
    private static Object object(Served<?> kind, Entry entry) {
        var decoded = entry.decoded();
        var type = kind.kind().type();
        return type != null && type.isInstance(decoded)
                ? type.cast(decoded)
                : kind.codec().decode(entry.bytes());
    }

    private synchronized void remember(Entry entry, byte[] message) {
        if (entry.translated() != null) {
            return;
        }
        entry.rememberTranslated(message);
        remembered.add(new Remembered(new WeakReference<>(entry), message.length));
        size += message.length;
        while (size > BYTES_MAX) {
            var oldest = remembered.remove();
            size -= oldest.bytes();
            var version = oldest.entry().get();
            if (version != null) {
                version.forgetTranslated();
            }
        }
    }
}

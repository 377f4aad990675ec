package io.coxswain.apiserver.verbs;

import io.coxswain.apiserver.media.MediaType;
import io.coxswain.http.Payload;
import io.coxswain.storage.Entry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The frames made last, by revision: many watchers wait for the same change, and all get the same
/// bytes. Races are harmless: a frame is made once more.
final class FrameCache {

    private static final int BYTES_MAX = 16 << 10;

    private final @Nullable Recent[] frames = new @Nullable Recent[256];

    private record Recent(MediaType format, String type, Entry entry, Payload payload) {
        @SuppressWarnings("ReferenceEquality") // One revision may be shown as several entries.
        boolean of(MediaType wanted, String event, Entry other) {
            return entry == other && format == wanted && type.equals(event);
        }
    }

    Payload get(MediaType format, String type, Entry entry, Supplier<byte[]> maker) {
        var slot = (int) entry.revision() & (frames.length - 1);
        var recent = frames[slot];
        if (recent != null && recent.of(format, type, entry)) {
            return recent.payload;
        }
        var payload = Payload.of(maker.get());
        if (payload.bytes().length <= BYTES_MAX) {
            frames[slot] = new Recent(format, type, entry, payload);
        }
        return payload;
    }
}

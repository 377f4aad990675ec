package io.coxswain.etcd;

import com.google.protobuf.ByteString;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Write;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The writes of this process whose changes have not come back from etcd yet. When one does, it is
/// recognised: its object need not be decoded, and a writer whose answer was lost learns what
/// became of its write.
final class OwnWrites {

    private final ConcurrentHashMap<ByteString, List<Pending>> pending = new ConcurrentHashMap<>();

    /// One of them.
    ///
    static final class Pending {
        final ByteString place;
        final Write write;
        final ByteString value;
        private volatile @Nullable Entry seen;

        Pending(ByteString place, Write write, ByteString value) {
            this.place = place;
            this.write = write;
            this.value = value;
        }

        /// The object as this write has left it; null as long as that has not been seen.
        @Nullable Entry seen() {
            return seen;
        }

        void seen(Entry entry) {
            seen = entry;
        }
    }

    Pending begin(ByteString place, Write write, ByteString value) {
        var own = new Pending(place, write, value);
        pending.compute(
                place,
                (key, others) -> {
                    var all = others == null ? new CopyOnWriteArrayList<Pending>() : others;
                    all.add(own);
                    return all;
                });
        return own;
    }

    void end(Pending own) {
        pending.computeIfPresent(
                own.place,
                (key, all) -> {
                    all.remove(own);
                    return all.isEmpty() ? null : all;
                });
    }

    /// The write of this process that put `value` in place of revision `before`, if it was one.
    @Nullable Pending put(ByteString place, ByteString value, long before) {
        for (var own : pending.getOrDefault(place, List.of())) {
            if (!own.write.delete()
                    && own.seen == null
                    && own.write.expected() == before
                    && own.value.equals(value)) {
                return own;
            }
        }
        return null;
    }

    /// A deletion of revision `before` by this process, if there is one under way.
    @Nullable Pending deletion(ByteString place, long before) {
        for (var own : pending.getOrDefault(place, List.of())) {
            if (own.write.delete() && own.seen == null && own.write.expected() == before) {
                return own;
            }
        }
        return null;
    }
}

package io.coxswain.client;

import io.coxswain.api.schema.Resource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A local copy of a collection that follows its watch. Reads never block and see whole revisions.
public interface Informer<T extends Resource> {

    /// Whether the first list has arrived. Before that the copy is empty.
    boolean synced();

    /// The copy is at least as new as this revision.
    long revision();

    @Nullable T find(String namespace, String name);

    /// The objects in key order, as they are now; later changes do not show in the stream.
    Stream<T> all();

    Stream<T> in(String namespace);

    /// Calls `listener` after each change of the copy, with the object before (null: added) and
    /// after (null: deleted). On the informer's own loop: the listener must not block.
    /// Objects that are already there are reported as added.
    void onChange(Listener<T> listener);

    /// Calls `action` once, as soon as the first list has arrived; at once if it has. Must not
    /// block.
    void onSynced(Runnable action);

    /// Hears of changes.
    @FunctionalInterface
    interface Listener<T> {
        void changed(@Nullable T before, @Nullable T after);
    }
}

package io.coxswain.client;

import org.jspecify.annotations.Nullable;

/// The events of one watch.
public interface WatchStream<T> extends AutoCloseable {

    /// The next event, or null when none has arrived yet. Never blocks. Throws
    /// [io.coxswain.api.schema.ApiError] for an ERROR event (`expired()` means: list again) and
    /// [java.io.UncheckedIOException] when the stream broke or ended.
    @Nullable WatchEvent<T> poll();

    /// Calls `wakeUp` whenever [#poll] may have more; from any thread.
    void onEvent(Runnable wakeUp);

    @Override
    void close();

    /// One change of one object.
    ///
    /// @param object for a bookmark, null
    record WatchEvent<T>(Type type, @Nullable T object, String resourceVersion) {}

    /// What happened.
    enum Type {
        ADDED,
        MODIFIED,
        DELETED,
        BOOKMARK
    }
}

package io.coxswain.storage;

import org.jspecify.annotations.Nullable;

/// What objects are called and how they are written in a store that other programs read too.
///
/// Inside this process an object is the bytes of its [Draft]; outside it is whatever the layout
/// makes of them. What the layout writes it can read, and it may read more than it writes.
public interface Layout {

    /// Where the object is kept, without the prefix of the whole store: `pods/default/web`.
    String path(Key key);

    /// The object that is kept at `path`; null when no object is.
    @Nullable Key key(String path);

    /// The value to keep: the object without its revision.
    byte[] value(Key key, Draft draft);

    /// Whether an object would be kept in another way if it were written now: under a newer key,
    /// for example.
    default boolean outdated(Key key) {
        return false;
    }

    /// The object is gone: nothing need be known of it any more.
    default void forget(Key key) {}

    /// The object in a value. Throws [IllegalArgumentException] when it cannot be read.
    Draft draft(Key key, byte[] value);
}

package io.coxswain.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One change of one object, with what must be true for it to happen.
///
/// @param expected the revision the object must have now; [#ABSENT] when it must not exist
/// @param draft the new content; when `delete`, the present one again, which is the last state that
///     watchers will be shown
/// @param timeToLive after this long the store deletes the object by itself; null for never
public record Write(
        Key key, long expected, Draft draft, boolean delete, @Nullable Duration timeToLive) {

    public static final long ABSENT = 0;

    public static Write create(Key key, Draft draft) {
        return new Write(key, ABSENT, draft, false, null);
    }

    public static Write update(Key key, long expected, Draft draft) {
        return new Write(key, expected, draft, false, null);
    }

    public static Write delete(Key key, long expected, Draft lastState) {
        return new Write(key, expected, lastState, true, null);
    }

    public Write expiringAfter(Duration ttl) {
        return new Write(key, expected, draft, delete, ttl);
    }

    /// What became of a write.
    public sealed interface Outcome {
        /// Durable and visible. For a deletion, `entry` is the last state at the deletion's
        /// revision.
        record Written(Entry entry) implements Outcome {}

        /// Nothing happened: the object is at another revision, or (null) does not exist.
        record Conflict(@Nullable Entry current) implements Outcome {}
    }
}

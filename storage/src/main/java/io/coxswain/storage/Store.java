package io.coxswain.storage;

import org.jspecify.annotations.Nullable;

/// Keeps objects by key, counts revisions, remembers history.
///
/// Promises, held by every engine and checked by `StoreContract`:
/// - *Durable*: [#write] returns only when the change survives a crash.
/// - *One order*: each change takes the next revision; no revision is used twice, even after a
///   crash.
/// - *Visible*: a change is in every snapshot taken, and reaches every watch, after `write`
///   returns.
/// - *Atomic*: a snapshot or a watch shows a change wholly or not at all.
public interface Store extends AutoCloseable {

    /// Applies `write` if its expectation holds. Blocks until durable; concurrent writers share the
    /// cost. Throws [StoreException] when it cannot tell or cannot store.
    Write.Outcome write(Write write);

    /// The newest state that this store knows: what was written through it, and what it has heard
    /// of writes through others.
    Snapshot snapshot();

    /// The newest state, whoever wrote it: every write that was acknowledged before the call is in
    /// it. May block; throws [StoreException] when the store cannot be sure.
    default Snapshot fresh() {
        return snapshot();
    }

    /// Whether others write too, so that [#snapshot] may lack what they were told is done.
    default boolean shared() {
        return false;
    }

    /// The state right after `revision`. Throws [CompactedException] when history no longer reaches
    /// back that far, [FutureRevisionException] when there is no such revision yet. One that was
    /// given out by another server is waited for.
    Snapshot snapshotAt(long revision);

    /// Follows `resource` (in all namespaces) from right after `revision`. `wakeUp` is called, from
    /// any thread, whenever [Watch#poll] may have more; it must not block. It is not called for
    /// what is there already: a reader polls once by itself.
    /// Throws like [#snapshotAt].
    Watch watch(String resource, long revision, Runnable wakeUp);

    /// Forgets history up to and including `revision`; the present state stays.
    void compact(long revision);

    /// The oldest revision from which a watch can start.
    long compactedRevision();

    /// Why this store acknowledges no write any more, for whoever asks whether it is well; null
    /// while it does. Reads go on.
    default @Nullable String fault() {
        return null;
    }

    @Override
    void close();
}

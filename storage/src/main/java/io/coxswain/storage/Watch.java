package io.coxswain.storage;

import java.util.List;

/// A cursor over the history of one resource: every change after its start, each once, in order.
///
/// A watch holds no queue: it points into the shared history, so a slow reader costs nothing until
/// compaction passes it; then [#poll] throws [CompactedException]. Used by one thread at a time.
public interface Watch extends AutoCloseable {

    /// Up to `max` further changes, or more when they are of one revision; empty when there are
    /// none yet. Never blocks.
    List<Event> poll(int max);

    /// Every change up to this revision has been returned by [#poll], of whatever resource it was:
    /// what a bookmark may claim.
    long revision();

    /// Whether there will never be another change, because what is watched is served no more.
    default boolean ended() {
        return false;
    }

    @Override
    void close();
}

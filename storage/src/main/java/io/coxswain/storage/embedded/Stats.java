package io.coxswain.storage.embedded;

/// Figures about an open store.
///
/// @param groups how often the log was forced; `revision` grows by more than this under load
/// @param expiring objects with a deadline
/// @param spaceAlarm only deletions are stored, because the disk or the quota is full
/// @param writable false after the disk failed; reads go on
public record Stats(
        long revision,
        long compactedRevision,
        long objects,
        long expiring,
        long historyEvents,
        long historyBytes,
        int watches,
        long groups,
        long logBytes,
        long snapshotBytes,
        boolean spaceAlarm,
        boolean writable) {}

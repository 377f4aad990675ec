package io.coxswain.storage.embedded;

import io.coxswain.storage.ValueTransformer;
import io.coxswain.storage.state.Limits;

/// What can be tuned about a store.
///
/// @param history how much history is kept in memory for watches and past snapshots
/// @param snapshotAfterBytes the log may grow by this much, or by as much as the last snapshot is
///     large if that is more, before a snapshot is written and older segments are deleted
/// @param quotaBytes when the files take more than this, only deletions are stored
/// @param values encrypts what is written to the files
public record Options(
        Limits history, long snapshotAfterBytes, long quotaBytes, ValueTransformer values) {

    public static final Options DEFAULT =
            new Options(Limits.DEFAULT, 64L << 20, 8L << 30, ValueTransformer.NONE);

    public Options withHistory(Limits limits) {
        return new Options(limits, snapshotAfterBytes, quotaBytes, values);
    }

    public Options withSnapshotAfterBytes(long bytes) {
        return new Options(history, bytes, quotaBytes, values);
    }

    public Options withQuotaBytes(long bytes) {
        return new Options(history, snapshotAfterBytes, bytes, values);
    }

    public Options withValues(ValueTransformer other) {
        return new Options(history, snapshotAfterBytes, quotaBytes, other);
    }
}

package io.coxswain.storage.embedded;

import io.coxswain.storage.Entry;
import org.jspecify.annotations.Nullable;

/// One object as the log and the snapshots keep it.
///
/// @param entry the new version, or the last state of a deleted object
/// @param expiry null for an object that lives until it is deleted
record Change(Entry entry, boolean deleted, @Nullable Expiry expiry) {

    /// When an object is to be deleted, and where in its bytes the revision stands, so that its
    /// last state can be written with the deletion's revision.
    record Expiry(long epochMillis, int gap) {}
}

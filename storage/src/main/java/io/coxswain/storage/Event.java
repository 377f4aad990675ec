package io.coxswain.storage;

import org.jspecify.annotations.Nullable;

/// One change, as a watcher sees it.
///
/// @param entry the new version; for a deletion the last state, at the revision of the deletion
/// @param previous the version before, null for a creation
public record Event(Entry entry, @Nullable Entry previous, boolean deleted) {

    public long revision() {
        return entry.revision();
    }
}

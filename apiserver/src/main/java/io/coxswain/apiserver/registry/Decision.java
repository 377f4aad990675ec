package io.coxswain.apiserver.registry;

import io.coxswain.storage.Entry;

/// What became of a write.
///
/// @param entry the object as it is now; for a removal, as it was last
/// @param removed whether the object is gone
/// @param created whether it did not exist before
public record Decision(Entry entry, boolean removed, boolean created) {}

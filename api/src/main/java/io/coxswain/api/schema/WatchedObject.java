package io.coxswain.api.schema;

import org.jspecify.annotations.Nullable;

/// One event of a watch as it travels inside a process, in place of its JSON frame.
///
/// @param type `ADDED`, `MODIFIED`, `DELETED` or `BOOKMARK`
/// @param object the record, or the tree of a custom kind; null for a bookmark
public record WatchedObject(String type, @Nullable Object object, String resourceVersion) {}

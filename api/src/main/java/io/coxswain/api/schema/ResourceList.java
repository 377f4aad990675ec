package io.coxswain.api.schema;

import java.util.List;

/// A list answer: the objects and the revision at which they were read.
///
/// @param next the `continue` token of the next page, empty on the last
public record ResourceList<T>(String resourceVersion, String next, List<T> items) {}

package io.coxswain.api.codec;

/// The canonical JSON of an object whose resource version is not known yet.
///
/// @param revisionGap where the digits of `metadata.resourceVersion` belong: between two quotes
public record Encoded(byte[] bytes, int revisionGap) {}

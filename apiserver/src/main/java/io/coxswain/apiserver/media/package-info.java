/// Bodies in the media type a client speaks: JSON, YAML, protobuf.
///
/// `Negotiation` reads `Accept` as upstream does, `Received` reads bodies by `Content-Type`,
/// `Answers` writes what is no stored object. Stored objects are written in package `verbs`; their
/// protobuf is made once per version and remembered by `Messages`.
@NullMarked
package io.coxswain.apiserver.media;

import org.jspecify.annotations.NullMarked;

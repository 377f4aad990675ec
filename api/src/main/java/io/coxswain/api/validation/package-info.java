/// Rules that many kinds share: names, labels, selectors, metadata, ports, addresses.
///
/// A rule reports into `FieldErrors`, at the path it was given, in the words that clients of
/// Kubernetes know. What only one kind needs lives beside that kind.
@NullMarked
package io.coxswain.api.validation;

import org.jspecify.annotations.NullMarked;

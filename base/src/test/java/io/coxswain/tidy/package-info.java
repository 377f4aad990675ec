/// The house rules as a test: sizes, banned calls, names, documents. Each finding says what to do
/// instead. Exceptions stand in [io.coxswain.tidy.Exceptions] with their reasons; the list may only
/// shrink.
@NullMarked
package io.coxswain.tidy;

import org.jspecify.annotations.NullMarked;

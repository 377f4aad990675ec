/// The patches of the API, as pure functions of trees: JSON patch, merge patch, strategic merge
/// patch, and the patches that clients compute from three versions of an object.
///
/// A wrong patch is an `ApiError` with the code and message of upstream. Nesting is bounded by the
/// Java stack; a patch that is too deep is refused, never fatal.
@NullMarked
package io.coxswain.api.patch;

import org.jspecify.annotations.NullMarked;

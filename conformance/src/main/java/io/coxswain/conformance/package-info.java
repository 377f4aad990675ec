/// What the suites of other people's clients share: Coxswain as a process of its own, and ways to
/// run and wait for programs. None of it is part of the product.
@NullMarked
package io.coxswain.conformance;

import org.jspecify.annotations.NullMarked;

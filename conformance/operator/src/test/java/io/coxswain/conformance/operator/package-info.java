/// A sample operator, written as its users write one, and tested with the extension that the SDK
/// brings for it.
@NullMarked
package io.coxswain.conformance.operator;

import org.jspecify.annotations.NullMarked;

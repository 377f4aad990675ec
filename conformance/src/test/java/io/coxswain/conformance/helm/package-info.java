/// Helm as a library, with its own charts.
@NullMarked
package io.coxswain.conformance.helm;

import org.jspecify.annotations.NullMarked;

/// What clients that follow a server see when it goes and comes back.
@NullMarked
package io.coxswain.conformance.restart;

import org.jspecify.annotations.NullMarked;

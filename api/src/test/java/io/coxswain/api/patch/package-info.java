/// Tests of `io.coxswain.api.patch`.
@NullMarked
package io.coxswain.api.patch;

import org.jspecify.annotations.NullMarked;

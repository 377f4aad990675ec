/// Tests of `io.coxswain.api.codec`.
@NullMarked
package io.coxswain.api.codec;

import org.jspecify.annotations.NullMarked;

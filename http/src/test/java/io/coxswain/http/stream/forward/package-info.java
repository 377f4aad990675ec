/// Tests over every protocol variant, in memory.
@NullMarked
package io.coxswain.http.stream.forward;

import org.jspecify.annotations.NullMarked;

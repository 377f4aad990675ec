/// Tests over every protocol variant, in memory.
@NullMarked
package io.coxswain.http.stream.command;

import org.jspecify.annotations.NullMarked;

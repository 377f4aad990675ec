/// Tests of the checkers with histories that are known to be right or wrong.
@NullMarked
package io.coxswain.bench.linear;

import org.jspecify.annotations.NullMarked;

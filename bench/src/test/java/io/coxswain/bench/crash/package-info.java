/// Short versions of the crash rounds, and tests of what judges them.
@NullMarked
package io.coxswain.bench.crash;

import org.jspecify.annotations.NullMarked;

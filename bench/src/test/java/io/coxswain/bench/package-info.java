/// Tests of what measures and judges.
@NullMarked
package io.coxswain.bench;

import org.jspecify.annotations.NullMarked;

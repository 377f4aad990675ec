/// Inputs nobody would write: valid ones, changed at random from a seed.
@NullMarked
package io.coxswain.apiserver.fuzz;

import org.jspecify.annotations.NullMarked;

/// Laws that hold for every input, tried on many made from a seed.
@NullMarked
package io.coxswain.api.laws;

import org.jspecify.annotations.NullMarked;

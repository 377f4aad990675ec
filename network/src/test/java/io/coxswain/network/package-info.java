/// Builders of the objects that the tests of this module talk about.
@NullMarked
package io.coxswain.network;

import org.jspecify.annotations.NullMarked;

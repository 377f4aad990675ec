/// Tests of the kinds: what a real API server answered, and single decisions.
@NullMarked
package io.coxswain.api;

import org.jspecify.annotations.NullMarked;

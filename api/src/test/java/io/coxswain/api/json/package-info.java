/// Tests of `io.coxswain.api.json`.
@NullMarked
package io.coxswain.api.json;

import org.jspecify.annotations.NullMarked;

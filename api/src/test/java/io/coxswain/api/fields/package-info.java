/// Tests of `io.coxswain.api.fields`.
@NullMarked
package io.coxswain.api.fields;

import org.jspecify.annotations.NullMarked;

/// Schemas as data, on small examples.
@NullMarked
package io.coxswain.api.structural;

import org.jspecify.annotations.NullMarked;

/// Tests of what `kubectl get` shows.
@NullMarked
package io.coxswain.api.columns;

import org.jspecify.annotations.NullMarked;

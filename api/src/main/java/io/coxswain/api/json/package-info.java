/// JSON as immutable values, read and written by streaming code, with Kubernetes' number rules.
@NullMarked
package io.coxswain.api.json;

import org.jspecify.annotations.NullMarked;

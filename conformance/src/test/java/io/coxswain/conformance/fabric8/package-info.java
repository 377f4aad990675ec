/// The fabric8 client, as it is published: what its users rely on.
@NullMarked
package io.coxswain.conformance.fabric8;

import org.jspecify.annotations.NullMarked;

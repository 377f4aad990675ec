/// The client for Node.js, as it is published.
@NullMarked
package io.coxswain.conformance.node;

import org.jspecify.annotations.NullMarked;

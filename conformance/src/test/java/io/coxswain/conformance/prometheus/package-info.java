/// Prometheus as Debian ships it, finding its targets in the cluster.
@NullMarked
package io.coxswain.conformance.prometheus;

import org.jspecify.annotations.NullMarked;

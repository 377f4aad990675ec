/// What `/metrics` tells, in Prometheus' text format. A request costs one look-up and a few
/// counters; everything else is asked for when somebody reads.
@NullMarked
package io.coxswain.apiserver.metrics;

import org.jspecify.annotations.NullMarked;

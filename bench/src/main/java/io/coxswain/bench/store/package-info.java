/// What the embedded store costs by itself, without an API above it: durable puts beside the limit
/// of the same disk and beside etcd in the same run, lists, load, memory, delays.
///
/// `StoreBenchmark` holds the figures; the other classes are what is measured beside it.
@NullMarked
package io.coxswain.bench.store;

import org.jspecify.annotations.NullMarked;

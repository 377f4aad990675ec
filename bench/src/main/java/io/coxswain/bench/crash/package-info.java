/// Kills processes that write to an embedded store, at random moments and at every operation on
/// the disk that has a name, and compares what comes back with what was acknowledged.
///
/// `CrashBenchmark` runs the rounds; `Victim` is the process that dies; `Journal` is what it said
/// before; `Audit` compares. A kill loses nothing that was handed to the operating system; the loss
/// of power is simulated in the tests of module storage.
@NullMarked
package io.coxswain.bench.crash;

import org.jspecify.annotations.NullMarked;

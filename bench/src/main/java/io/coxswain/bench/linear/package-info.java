/// Whether many clients of the API see one order of everything, while the server is killed, stands
/// still or has a slow disk.
///
/// `History` is what clients did and saw, `Linearizability` decides whether one copy of each object
/// could have answered so, `WatchRules` whether the watches beside them missed, repeated or
/// reordered anything. `Clients` make a history, `Faults` disturb the `Server`,
/// `LinearizabilityBenchmark` runs many.
@NullMarked
package io.coxswain.bench.linear;

import org.jspecify.annotations.NullMarked;

/// Whether many clients of the API see one order of everything, while a server is killed, stands
/// still or has a slow disk, or while servers and the members of etcd that they share lose sight of
/// each other.
///
/// `History` is what clients did and saw, `Linearizability` decides whether one copy of each object
/// could have answered so, `WatchRules` whether the watches beside them missed, repeated or
/// reordered anything. A `Fault` disturbs a `Site`, which is one `Server` or a `Cluster`;
/// `LinearizabilityBenchmark` makes many histories.
@NullMarked
package io.coxswain.bench.linear;

import org.jspecify.annotations.NullMarked;

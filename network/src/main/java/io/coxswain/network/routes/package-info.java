/// Routes to the pods of other nodes, and those that keep the cluster's addresses in the cluster.
///
/// [Routing] decides from the Nodes which routes this node should have; [Routes] keeps them in the
/// kernel, marked with a protocol number of their own, by which they are found again.
@NullMarked
package io.coxswain.network.routes;

import org.jspecify.annotations.NullMarked;

/// Nodes without a machine: controllers that play kubelet for every Node with the annotation
/// `coxswain.io/simulated`. They keep the node's lease fresh and its status ready, and lead the
/// pods bound to it through their lives as a kubelet would report them, without a container
/// anywhere.
@NullMarked
package io.coxswain.controllers.simulated;

import org.jspecify.annotations.NullMarked;

/// The node's own objects: its `Node` with capacity and conditions, and the `Lease` that shows that
/// it is alive.
@NullMarked
package io.coxswain.kubelet.registration;

import org.jspecify.annotations.NullMarked;

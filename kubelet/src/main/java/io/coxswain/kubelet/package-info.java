/// The node agent. `runtime` and `node` are its edges to containers and to the host, `image` builds
/// the images that a node needs without a registry; the packages of pod workers, volumes and probes
/// decide.
@NullMarked
package io.coxswain.kubelet;

import org.jspecify.annotations.NullMarked;

/// The ports of the host that lead to pods (`hostPort`), as rules of the kernel's packet filter.
///
/// CNI's portmap plugin could do it, but on most systems it needs iptables, leaves its chains
/// behind, and knows nothing of pods that ended while nobody looked.
@NullMarked
package io.coxswain.kubelet.hostports;

import org.jspecify.annotations.NullMarked;

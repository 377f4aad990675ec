/// The log files that the runtime writes for containers, in the CRI format: read, followed,
/// rotated.
@NullMarked
package io.coxswain.kubelet.logs;

import org.jspecify.annotations.NullMarked;

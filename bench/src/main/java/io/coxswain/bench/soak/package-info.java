/// Whether a control plane that has been running for a while is still as it was: memory, disk,
/// threads and file descriptors under a mixed load.
@NullMarked
package io.coxswain.bench.soak;

import org.jspecify.annotations.NullMarked;

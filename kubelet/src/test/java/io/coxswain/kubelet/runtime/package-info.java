/// The contract of container runtimes, as a suite.
@NullMarked
package io.coxswain.kubelet.runtime;

import org.jspecify.annotations.NullMarked;

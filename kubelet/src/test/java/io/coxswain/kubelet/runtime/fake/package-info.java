/// The fake runtime against the contract.
@NullMarked
package io.coxswain.kubelet.runtime.fake;

import org.jspecify.annotations.NullMarked;

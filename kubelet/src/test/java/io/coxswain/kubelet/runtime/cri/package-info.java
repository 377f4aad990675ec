/// Tests of the package of the same name.
@NullMarked
package io.coxswain.kubelet.runtime.cri;

import org.jspecify.annotations.NullMarked;

/// Tests of the package of the same name.
@NullMarked
package io.coxswain.kubelet.node;

import org.jspecify.annotations.NullMarked;

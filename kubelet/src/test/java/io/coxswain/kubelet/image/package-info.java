/// Tests of the package of the same name.
@NullMarked
package io.coxswain.kubelet.image;

import org.jspecify.annotations.NullMarked;

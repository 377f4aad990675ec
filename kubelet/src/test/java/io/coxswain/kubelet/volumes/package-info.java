@NullMarked
package io.coxswain.kubelet.volumes;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.coxswain.kubelet.probes;

import org.jspecify.annotations.NullMarked;

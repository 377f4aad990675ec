@NullMarked
package io.coxswain.kubelet.eviction;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.coxswain.kubelet.containers;

import org.jspecify.annotations.NullMarked;

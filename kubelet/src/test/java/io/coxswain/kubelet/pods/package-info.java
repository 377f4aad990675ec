@NullMarked
package io.coxswain.kubelet.pods;

import org.jspecify.annotations.NullMarked;

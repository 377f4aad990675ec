@NullMarked
package io.coxswain.kubelet;

import org.jspecify.annotations.NullMarked;

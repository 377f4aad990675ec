@NullMarked
package io.coxswain.kubelet.logs;

import org.jspecify.annotations.NullMarked;

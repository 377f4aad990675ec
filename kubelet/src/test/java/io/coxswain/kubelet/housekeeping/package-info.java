@NullMarked
package io.coxswain.kubelet.housekeeping;

import org.jspecify.annotations.NullMarked;

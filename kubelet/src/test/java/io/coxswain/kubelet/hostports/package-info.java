@NullMarked
package io.coxswain.kubelet.hostports;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.coxswain.kubelet.registration;

import org.jspecify.annotations.NullMarked;

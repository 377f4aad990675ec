@NullMarked
package io.coxswain.kubelet.server;

import org.jspecify.annotations.NullMarked;

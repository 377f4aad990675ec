/// Events: what the kubelet tells users about pods and its node, in upstream's words.
@NullMarked
package io.coxswain.kubelet.events;

import org.jspecify.annotations.NullMarked;

/// What all parts of the kubelet share about pods: their containers, their names in the runtime and
/// in
/// messages, their images, and how long to wait before trying again.
@NullMarked
package io.coxswain.kubelet.pod;

import org.jspecify.annotations.NullMarked;

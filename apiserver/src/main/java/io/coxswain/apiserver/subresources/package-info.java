/// The subresources that are more than a part of their object: scale, binding, eviction, token, and
/// the streams that are passed on to a kubelet.
@NullMarked
package io.coxswain.apiserver.subresources;

import org.jspecify.annotations.NullMarked;

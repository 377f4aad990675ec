/// What the tests of this module share: an API in memory, pods to run, and a node without edges.
@NullMarked
package io.coxswain.kubelet.testing;

import org.jspecify.annotations.NullMarked;

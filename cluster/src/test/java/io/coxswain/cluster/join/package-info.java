/// Tests of joining, against a control plane on loopback.
@NullMarked
package io.coxswain.cluster.join;

import org.jspecify.annotations.NullMarked;

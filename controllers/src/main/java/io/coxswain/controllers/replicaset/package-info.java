/// ReplicaSets: a number of equal pods.
@NullMarked
package io.coxswain.controllers.replicaset;

import org.jspecify.annotations.NullMarked;

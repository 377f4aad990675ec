/// StatefulSets: numbered pods, each with its own claims, started and replaced in order.
@NullMarked
package io.coxswain.controllers.statefulset;

import org.jspecify.annotations.NullMarked;

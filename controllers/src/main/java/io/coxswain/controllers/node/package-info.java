/// Nodes that stop answering: taints, the status of their pods, and eviction.
@NullMarked
package io.coxswain.controllers.node;

import org.jspecify.annotations.NullMarked;

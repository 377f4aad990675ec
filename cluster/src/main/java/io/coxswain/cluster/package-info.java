/// The only place that wires a real cluster: certificates, start order, supervision, and the
/// commands of `cox`. Reading [io.coxswain.cluster.Cluster] from top to bottom is the architecture.
@NullMarked
package io.coxswain.cluster;

import org.jspecify.annotations.NullMarked;

/// How a machine joins a cluster with nothing but its address and a token.
///
/// The token's first half names a Secret, the second is in it. The newcomer reads `cluster-info`
/// before it trusts anybody, checks by the token's signature (and a pinned key) that it is genuine,
/// and has the cluster's authority from it. Then the token lets it ask for a client certificate as
/// a node, which it renews by itself from then on. The flow, the names and the rights are those of
/// kubeadm, so that either side may be another's.
@NullMarked
package io.coxswain.cluster.join;

import org.jspecify.annotations.NullMarked;

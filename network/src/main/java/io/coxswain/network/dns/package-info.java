/// Cluster DNS: the names of Services and pods, as the Kubernetes DNS specification has them and
/// CoreDNS answers them.
///
/// [Zone] is a pure index that knows every answer; [ClusterDns] keeps it fresh, serves it, and
/// keeps
/// the Service `kube-dns` through which pods reach it. Nothing is ever asked outside unless servers
/// to ask are configured.
@NullMarked
package io.coxswain.network.dns;

import org.jspecify.annotations.NullMarked;

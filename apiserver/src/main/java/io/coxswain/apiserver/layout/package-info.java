/// How objects look to others who read the same etcd: upstream's keys and values.
///
/// [UpstreamLayout] is what an engine is given. What it writes, a `kube-apiserver` of Kubernetes
/// can read, and it reads what one has written, in protobuf or JSON and in whichever served
/// version.
@NullMarked
package io.coxswain.apiserver.layout;

import org.jspecify.annotations.NullMarked;

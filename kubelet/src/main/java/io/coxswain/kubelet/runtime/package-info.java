/// The container runtime as the kubelet sees it: one interface, its values, and one exception.
///
/// [ContainerRuntime] and [Images] are the whole edge. `runtime.cri` speaks CRI v1 to containerd or
/// CRI-O, `runtime.fake` keeps containers in memory under the test's clock; both pass the same
/// contract suite. Values here are plain records: nothing of protobuf or gRPC is visible, so that
/// the decisions of the kubelet are tested without either.
///
/// An id is whatever the runtime returned; nothing may be read into it. An empty string never means
/// "absent" in these records: absent is `null`, and empty collections are never `null`.
@NullMarked
package io.coxswain.kubelet.runtime;

import org.jspecify.annotations.NullMarked;

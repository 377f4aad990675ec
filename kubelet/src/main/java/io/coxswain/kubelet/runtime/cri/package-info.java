/// The container runtime behind a CRI v1 socket: containerd, CRI-O, or anything else that speaks
/// it.
///
/// [CriRuntime] makes the calls, [Requests] writes what is sent, [Replies] reads what comes back
/// and [Failures] sorts the errors. The messages are generated into `runtime.cri.v1` from
/// `src/main/protobuf`; nothing outside this package sees them. gRPC runs over a Unix socket with
/// Netty's NIO transport, so no native library is needed.
@NullMarked
package io.coxswain.kubelet.runtime.cri;

import org.jspecify.annotations.NullMarked;

/// Kubernetes' remote command protocol (exec and attach), from both ends and in all its versions.
///
/// A server answers with [RemoteCommandServer] and gets [CommandStreams]; a client connects with
/// [RemoteCommandClient]; [CommandBridge] joins the two, as a kubelet does between its client and
/// the container runtime. Below both are numbered channels, in a WebSocket or as SPDY streams.
@NullMarked
package io.coxswain.http.stream.command;

import org.jspecify.annotations.NullMarked;

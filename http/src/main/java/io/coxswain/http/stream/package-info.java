/// Streams over an upgraded connection: WebSocket, SPDY/3.1, and what Kubernetes runs on top of
/// them, exec and attach ("remote command") and port forwarding, from both ends.
///
/// Layers, lowest first: a [io.coxswain.http.Duplex]; [WebSocket] or [SpdySession];
/// [ChannelSocket] (numbered channels in one WebSocket); [CommandStreams] seen by a server and
/// [RemoteCommandClient] seen by a client, joined by [CommandBridge]; [PortForwardServer] and
/// [PortForwardClient]. Everything blocks and runs on virtual threads: a session has one thread
/// that reads, writers write for themselves, and both end when the connection does.
@NullMarked
package io.coxswain.http.stream;

import org.jspecify.annotations.NullMarked;

/// Streams over an upgraded connection: WebSocket and SPDY/3.1, from both ends, and pipes between
/// connections. What Kubernetes runs on top of them is in the packages below.
///
/// Layers, lowest first: a [io.coxswain.http.Duplex]; [WebSocket] or [SpdySession];
/// [ChannelSocket] (numbered channels in one WebSocket). Everything blocks and runs on virtual
/// threads: a session has one thread that reads, writers write for themselves, and both end when
/// the connection does.
@NullMarked
package io.coxswain.http.stream;

import org.jspecify.annotations.NullMarked;

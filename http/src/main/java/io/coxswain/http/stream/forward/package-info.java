/// Port forwarding to pods, from both ends: [PortForwardServer] dials the ports, and
/// [PortForwardClient] opens connections through it. A kubelet chains the two.
///
/// Over SPDY, over SPDY inside a WebSocket (what kubectl tries first), and, for a server only, over
/// channels in a WebSocket.
@NullMarked
package io.coxswain.http.stream.forward;

import org.jspecify.annotations.NullMarked;

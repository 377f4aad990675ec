/// The node server: what the API server asks a kubelet for. Logs, commands in containers, port
/// forwarding, statistics.
@NullMarked
package io.coxswain.kubelet.server;

import org.jspecify.annotations.NullMarked;

package io.coxswain.http;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is at the other end of a request.
///
/// @param address the remote socket address; null inside this process
/// @param certificates the verified client certificate and its chain; empty without one
/// @param attachment what an in-process caller says about itself (its identity); null on sockets
public record Peer(
        @Nullable InetSocketAddress address,
        List<X509Certificate> certificates,
        @Nullable Object attachment) {

    public static Peer inProcess(Object attachment) {
        return new Peer(null, List.of(), attachment);
    }
}

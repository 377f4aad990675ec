package io.coxswain.http;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is at the other end of a request.
///
/// @param address the remote socket address; null inside this process
/// @param certificates the verified client certificate, its chain and last the authority that was
///     trusted; empty without one
/// @param attachment what an in-process caller says about itself (its identity); on sockets null,
///     or an [Untrusted] when the client showed a certificate that could not be verified
public record Peer(
        @Nullable InetSocketAddress address,
        List<X509Certificate> certificates,
        @Nullable Object attachment) {

    /// A client certificate that is not to be believed.
    public record Untrusted(X509Certificate certificate, String reason) {}

    public static Peer inProcess(Object attachment) {
        return new Peer(null, List.of(), attachment);
    }
}

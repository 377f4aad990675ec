package io.coxswain.http;

import io.coxswain.base.tls.TlsIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// How a server proves who it is, and which client certificates it knows.
///
/// Both are asked at each handshake, so certificates can be rotated. A client certificate is asked
/// for but not required, and an unknown one does not end the handshake: see [Peer#certificates] and
/// [Peer.Untrusted].
///
/// @param identity by the server name that the client asked for; empty when it named none
/// @param clientAuthorities who may have issued a client's certificate; empty: none is asked for
public record ServerTls(
        Function<String, TlsIdentity> identity, Supplier<List<X509Certificate>> clientAuthorities) {

    public static ServerTls of(TlsIdentity identity, X509Certificate... clientAuthorities) {
        var authorities = List.of(clientAuthorities);
        return new ServerTls(name -> identity, () -> authorities);
    }
}

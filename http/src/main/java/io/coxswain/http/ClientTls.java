package io.coxswain.http;

import io.coxswain.base.tls.TlsIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a client checks a server, and who it says it is.
///
/// @param authorities who may have issued the server's certificate; empty: whom the JDK trusts
/// @param identity asked when a connection is made, so it can be rotated; null from it: none
/// @param serverName what to verify and to ask for instead of the host of the URI; null: that host
/// @param insecure believes any certificate
public record ClientTls(
        List<X509Certificate> authorities,
        Supplier<@Nullable TlsIdentity> identity,
        @Nullable String serverName,
        boolean insecure) {

    public static ClientTls trusting(List<X509Certificate> authorities) {
        return new ClientTls(authorities, () -> null, null, false);
    }

    /// Trusts whom the JDK trusts.
    public static ClientTls trustingDefaults() {
        return trusting(List.of());
    }

    public static ClientTls believingAnything() {
        return new ClientTls(List.of(), () -> null, null, true);
    }

    public ClientTls withIdentity(TlsIdentity other) {
        return withIdentity(() -> other);
    }

    public ClientTls withIdentity(Supplier<@Nullable TlsIdentity> other) {
        return new ClientTls(authorities, other, serverName, insecure);
    }

    public ClientTls withServerName(@Nullable String other) {
        return new ClientTls(authorities, identity, other, insecure);
    }
}

package io.coxswain.apiserver;

import io.coxswain.apiserver.audit.Audit;
import io.coxswain.apiserver.authentication.RequestHeaderAuthenticator;
import io.coxswain.apiserver.authentication.TokenAuthenticator;
import io.coxswain.apiserver.authentication.TokenLifetimes;
import io.coxswain.apiserver.authentication.jwt.StructuredTokens;
import io.coxswain.apiserver.authorization.AuthorizationConfiguration;
import io.coxswain.apiserver.authorization.Authorizers;
import io.coxswain.apiserver.metrics.Exposition;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whom a server knows, who decides what they may do, and what is written down about it; beyond
/// what every server has.
///
/// @param audit null when nothing is written down
/// @param authorization who is asked; may change
/// @param metrics of these parts
public record Security(
        @Nullable Audit audit,
        Identification identification,
        ServiceAccounts serviceAccounts,
        Supplier<AuthorizationConfiguration> authorization,
        List<Consumer<Exposition>> metrics) {

    /// Whom it knows.
    ///
    /// @param clients who certifies clients; empty for all that the handshake lets in
    /// @param proxies who certifies front proxies; empty for nobody
    /// @param structured identity providers; null for none
    /// @param webhook who is asked about tokens that nobody here knows; null for nobody
    public record Identification(
            Supplier<List<X509Certificate>> clients,
            Supplier<List<X509Certificate>> proxies,
            RequestHeaderAuthenticator.Settings proxySettings,
            @Nullable StructuredTokens structured,
            @Nullable TokenAuthenticator webhook) {

        public static final Identification STANDARD =
                new Identification(
                        List::of,
                        List::of,
                        RequestHeaderAuthenticator.Settings.STANDARD,
                        null,
                        null);
    }

    /// @param otherIssuers whose tokens are good beside those of the server's own
    /// @param audiences empty for the issuers
    /// @param otherKeys that tokens may have been signed with
    /// @param jwksUri where others find the keys; empty for this server
    public record ServiceAccounts(
            List<String> otherIssuers,
            List<String> audiences,
            List<PublicKey> otherKeys,
            String jwksUri,
            TokenLifetimes lifetimes) {

        public static final ServiceAccounts STANDARD =
                new ServiceAccounts(List.of(), List.of(), List.of(), "", TokenLifetimes.STANDARD);
    }

    public static final Security STANDARD =
            new Security(
                    null,
                    Identification.STANDARD,
                    ServiceAccounts.STANDARD,
                    () -> Authorizers.STANDARD,
                    List.of());
}

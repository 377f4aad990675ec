package io.coxswain.cluster.security;

import io.coxswain.apiserver.audit.AuditOptions;
import io.coxswain.apiserver.authentication.JwtAlgorithm;
import io.coxswain.apiserver.authentication.RequestHeaderAuthenticator;
import io.coxswain.apiserver.authentication.jwt.OidcFlags;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was asked for about security. Files are named, not read.
public record SecuritySettings(
        AuditOptions audit, Identities identities, Accounts accounts, Access access) {

    /// Whom the server is to know.
    ///
    /// @param clientAuthorities a file; empty for the cluster's own authority alone
    /// @param proxyAuthorities a file; empty for the cluster's own
    /// @param configuration an AuthenticationConfiguration file; empty for none
    /// @param oidc one identity provider instead of such a file; null for none
    /// @param algorithms of that provider
    public record Identities(
            String clientAuthorities,
            String proxyAuthorities,
            RequestHeaderAuthenticator.Settings proxies,
            String configuration,
            @Nullable OidcFlags oidc,
            Set<JwtAlgorithm> algorithms,
            @Nullable TokenWebhook webhook) {}

    /// @param version of the reviews that are sent
    /// @param remembered how long an answer is good for
    public record TokenWebhook(String kubeconfig, String version, Duration remembered) {}

    /// How service accounts prove who they are.
    ///
    /// @param keys files of keys that tokens may be signed with
    /// @param signingKey a file; empty for the cluster's own key
    /// @param issuers empty for the cluster's own
    /// @param audiences empty for the issuers
    /// @param jwksUri empty for this server
    /// @param longest zero for as long as is asked for
    /// @param extended whether mounted tokens go on working for a year
    public record Accounts(
            List<String> keys,
            String signingKey,
            List<String> issuers,
            List<String> audiences,
            String jwksUri,
            Duration longest,
            boolean extended) {}

    /// Who decides what they may do.
    ///
    /// @param modes empty for Node, RBAC
    /// @param configuration an AuthorizationConfiguration file; empty for none
    /// @param webhook of the mode Webhook; null for none
    public record Access(
            List<String> modes, String configuration, @Nullable AccessWebhook webhook) {}

    public record AccessWebhook(
            String kubeconfig, String version, Duration authorized, Duration unauthorized) {}

    public static final SecuritySettings STANDARD =
            new SecuritySettings(
                    AuditOptions.NONE,
                    new Identities(
                            "",
                            "",
                            RequestHeaderAuthenticator.Settings.STANDARD,
                            "",
                            null,
                            Set.of(),
                            null),
                    new Accounts(List.of(), "", List.of(), List.of(), "", Duration.ZERO, true),
                    new Access(List.of(), "", null));
}

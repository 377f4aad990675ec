package io.coxswain.apiserver.authentication.jwt;

import io.coxswain.apiserver.config.ConfigurationFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose tokens are good and whom they stand for, and where strangers may ask
/// (`apiserver.config.k8s.io/v1`, `--authentication-config`).
public record AuthenticationConfiguration(
        String kind,
        String apiVersion,
        List<JwtProvider> jwt,
        @Nullable AnonymousAccess anonymous) {

    private static final List<String> VERSIONS =
            List.of(
                    "apiserver.config.k8s.io/v1",
                    "apiserver.config.k8s.io/v1beta1",
                    "apiserver.config.k8s.io/v1alpha1");

    public record AnonymousAccess(boolean enabled, List<PathCondition> conditions) {}

    public record PathCondition(String path) {}

    /// One identity provider.
    public record JwtProvider(
            Issuer issuer,
            List<ClaimRule> claimValidationRules,
            ClaimMappings claimMappings,
            List<UserRule> userValidationRules) {}

    public record Issuer(
            String url,
            String discoveryURL,
            String certificateAuthority,
            List<String> audiences,
            String audienceMatchPolicy,
            String egressSelectorType) {}

    public record ClaimRule(
            String claim, String requiredValue, String expression, String message) {}

    public record UserRule(String expression, String message) {}

    public record ClaimMappings(
            PrefixedClaim username,
            PrefixedClaim groups,
            ClaimOrExpression uid,
            List<ExtraMapping> extra) {}

    public record PrefixedClaim(String claim, @Nullable String prefix, String expression) {}

    public record ClaimOrExpression(String claim, String expression) {}

    public record ExtraMapping(String key, String valueExpression) {}

    /// Throws [ConfigurationFile.Invalid].
    public static AuthenticationConfiguration parse(String text) {
        var read =
                ConfigurationFile.read(
                        text,
                        AuthenticationConfiguration.class,
                        "AuthenticationConfiguration",
                        VERSIONS);
        ConfigurationChecks.check(read);
        return read;
    }
}

package io.coxswain.apiserver.authentication.jwt;

import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.ClaimMappings;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.ClaimOrExpression;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.ClaimRule;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.Issuer;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.JwtProvider;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.PrefixedClaim;
import java.util.ArrayList;
import java.util.List;

/// The one identity provider that the `--oidc-…` flags describe.
///
/// @param authority who vouches for the issuer, as PEM; empty for those that the JDK trusts
/// @param requiredClaims `key=value`
public record OidcFlags(
        String issuer,
        String clientId,
        String authority,
        PrefixedClaim username,
        PrefixedClaim groups,
        List<String> requiredClaims) {

    /// Throws [io.coxswain.apiserver.config.ConfigurationFile.Invalid].
    public AuthenticationConfiguration configuration() {
        var rules = new ArrayList<ClaimRule>();
        for (var claim : requiredClaims) {
            var equals = claim.indexOf('=');
            rules.add(
                    new ClaimRule(
                            equals < 0 ? claim : claim.substring(0, equals),
                            equals < 0 ? "" : claim.substring(equals + 1),
                            "",
                            ""));
        }
        var provider =
                new JwtProvider(
                        new Issuer(issuer, "", authority, List.of(clientId), "", ""),
                        List.copyOf(rules),
                        new ClaimMappings(
                                prefixedName(),
                                groupsOrNone(),
                                new ClaimOrExpression("", ""),
                                List.of()),
                        List.of());
        var configuration =
                new AuthenticationConfiguration(
                        "AuthenticationConfiguration",
                        "apiserver.config.k8s.io/v1",
                        List.of(provider),
                        null);
        ConfigurationChecks.check(configuration);
        return configuration;
    }

    /// Names of an issuer begin with it unless they are addresses, or `-` says they do not.
    private PrefixedClaim prefixedName() {
        var given = username.prefix() == null ? "" : username.prefix();
        var prefix =
                given.equals("-")
                        ? ""
                        : given.isEmpty() && !username.claim().equals("email")
                                ? issuer + "#"
                                : given;
        return new PrefixedClaim(username.claim(), prefix, "");
    }

    private PrefixedClaim groupsOrNone() {
        return groups.claim().isEmpty() ? new PrefixedClaim("", null, "") : groups;
    }
}

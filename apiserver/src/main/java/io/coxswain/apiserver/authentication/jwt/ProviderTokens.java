package io.coxswain.apiserver.authentication.jwt;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.authentication.Jwt;
import io.coxswain.apiserver.authentication.JwtAlgorithm;
import io.coxswain.apiserver.authentication.TokenAuthenticator;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.JwtProvider;
import io.coxswain.base.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Recognises the tokens of one identity provider.
final class ProviderTokens implements TokenAuthenticator {

    private static final long EARLY_SECONDS = 300;

    private final JwtProvider provider;
    private final ProviderKeys keys;
    private final ClaimMapping mapping;
    private final Set<JwtAlgorithm> algorithms;
    private final Clock clock;

    ProviderTokens(JwtProvider provider, Set<JwtAlgorithm> algorithms, Clock clock) {
        this.provider = provider;
        this.keys = new ProviderKeys(provider.issuer(), clock);
        this.mapping = ClaimMapping.compile(provider, new FieldErrors());
        this.algorithms = algorithms.isEmpty() ? EnumSet.allOf(JwtAlgorithm.class) : algorithms;
        this.clock = clock;
    }

    /// Such tokens are for the provider's own audiences, whomever they are shown to.
    @Override
    public Verdict verify(String token, List<String> audiences) {
        var parsed = Jwt.parse(token);
        if (parsed == null || !parsed.claims().text("iss").equals(provider.issuer().url())) {
            return UNKNOWN;
        }
        var algorithm = JwtAlgorithm.named(parsed.algorithm());
        if (algorithm == null || !algorithms.contains(algorithm)) {
            return new Refused(
                    "oidc: verify token: oidc: id token signed with unsupported algorithm,"
                            + " expected "
                            + algorithms
                            + " got \""
                            + parsed.algorithm()
                            + "\"");
        }
        try {
            if (keys.candidates(parsed.keyId()).stream().noneMatch(parsed::signedBy)) {
                return new Refused(
                        "oidc: verify token: failed to verify signature: failed to verify id token"
                                + " signature");
            }
            var wrong = wrong(parsed.claims());
            return wrong.isEmpty()
                    ? new Accepted(mapping.user(parsed.claims()), audiences)
                    : new Refused("oidc: verify token: " + wrong);
        } catch (ProviderKeys.Unavailable | ClaimMapping.Refusal refusal) {
            return new Refused(String.valueOf(refusal.getMessage()));
        }
    }

    private String wrong(Json.Obj claims) {
        var now = clock.now().getEpochSecond();
        var meant = claims.items("aud");
        var wanted = provider.issuer().audiences();
        var single = claims.text("aud");
        if (wanted.stream()
                .noneMatch(name -> name.equals(single) || meant.contains(Json.of(name)))) {
            return "oidc: expected audience in "
                    + wanted
                    + " got "
                    + (single.isEmpty() ? meant : single);
        }
        if (now >= seconds(claims, "exp", Long.MIN_VALUE)) {
            return "oidc: token is expired";
        }
        if (now + EARLY_SECONDS < seconds(claims, "nbf", Long.MIN_VALUE)) {
            return "oidc: current time before the nbf (not before) time";
        }
        return "";
    }

    /// A time is a number, whole or not. A token without an end has ended.
    private static long seconds(Json.Obj claims, String name, long missing) {
        return switch (claims.get(name)) {
            case Json.Int(var number) -> number;
            case Json.Real(var number) -> (long) number;
            case null, default -> missing;
        };
    }
}

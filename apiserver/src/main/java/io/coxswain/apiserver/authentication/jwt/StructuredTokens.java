package io.coxswain.apiserver.authentication.jwt;

import io.coxswain.apiserver.authentication.Anonymous;
import io.coxswain.apiserver.authentication.JwtAlgorithm;
import io.coxswain.apiserver.authentication.TokenAuthenticator;
import io.coxswain.apiserver.authentication.TokenCache;
import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The tokens of all identity providers of a configuration, which may change while the server runs.
public final class StructuredTokens implements TokenAuthenticator {

    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final Supplier<AuthenticationConfiguration> configuration;
    private final Set<JwtAlgorithm> algorithms;
    private final Clock clock;
    private volatile Current current;

    /// What was made of one configuration.
    private record Current(
            AuthenticationConfiguration configuration, List<TokenAuthenticator> providers) {}

    /// @param algorithms by which tokens may be signed; empty for all that are known
    public StructuredTokens(
            Supplier<AuthenticationConfiguration> configuration,
            Set<JwtAlgorithm> algorithms,
            Clock clock) {
        this.configuration = configuration;
        this.algorithms = algorithms;
        this.clock = clock;
        this.current = make(configuration.get());
    }

    @Override
    public Verdict verify(String token, List<String> audiences) {
        for (var provider : providers()) {
            var verdict = provider.verify(token, audiences);
            if (!(verdict instanceof Unknown)) {
                return verdict;
            }
        }
        return UNKNOWN;
    }

    /// Where strangers may ask; `otherwise` when the configuration does not say.
    public Anonymous anonymous(Anonymous otherwise) {
        var configured = configuration.get().anonymous();
        if (configured == null) {
            return otherwise;
        }
        return new Anonymous(
                configured.enabled(),
                configured.conditions().stream()
                        .map(AuthenticationConfiguration.PathCondition::path)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @SuppressWarnings("ReferenceEquality") // A configuration that was read again is another one.
    private List<TokenAuthenticator> providers() {
        var wanted = configuration.get();
        if (current.configuration() != wanted) {
            synchronized (this) {
                if (current.configuration() != wanted) {
                    current = make(wanted);
                }
            }
        }
        return current.providers();
    }

    private Current make(AuthenticationConfiguration wanted) {
        var providers =
                wanted.jwt().stream()
                        .<TokenAuthenticator>map(provider ->
                                new TokenCache(
                                        new ProviderTokens(provider, algorithms, clock),
                                        REMEMBERED,
                                        Duration.ZERO,
                                        clock))
                        .toList();
        return new Current(wanted, providers);
    }
}

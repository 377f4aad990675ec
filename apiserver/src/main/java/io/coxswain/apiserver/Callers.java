package io.coxswain.apiserver;

import io.coxswain.apiserver.authentication.Anonymous;
import io.coxswain.apiserver.authentication.Authentication;
import io.coxswain.apiserver.authentication.Authenticator;
import io.coxswain.apiserver.authentication.BootstrapTokens;
import io.coxswain.apiserver.authentication.CertificateAuthenticator;
import io.coxswain.apiserver.authentication.LegacyTokens;
import io.coxswain.apiserver.authentication.RequestHeaderAuthenticator;
import io.coxswain.apiserver.authentication.ServiceAccountTokens;
import io.coxswain.apiserver.authentication.TokenAuthenticator;
import io.coxswain.apiserver.authentication.TokenUse;
import io.coxswain.apiserver.authentication.Tokens;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.base.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Everything by which a server knows its callers, in upstream's order.
///
/// @param tokens signs and checks the tokens of service accounts
record Callers(Tokens tokens, ServiceAccountTokens accounts, Authentication authentication) {

    static Callers of(
            ApiServerConfiguration configuration, Registry registry, Catalog catalog, Clock clock) {
        var settings = configuration.security().serviceAccounts();
        var store = registry.store();
        var tokens = new Tokens(configuration.serviceAccountKeys(), settings.otherKeys());
        var issuers = new ArrayList<>(List.of(configuration.issuer()));
        issuers.addAll(settings.otherIssuers());
        var audiences = configuration.audiences();
        var accounts =
                new ServiceAccountTokens(
                        tokens, List.copyOf(issuers), audiences, store, catalog, clock);
        var known = configuration.security().identification();
        List<Authenticator> requests =
                List.of(
                        new RequestHeaderAuthenticator(known.proxies(), known.proxySettings()),
                        new CertificateAuthenticator(known.clients(), clock));
        var bearers = new ArrayList<TokenAuthenticator>();
        if (configuration.tokens() != null) {
            bearers.add(configuration.tokens());
        }
        bearers.add(
                new LegacyTokens(
                        tokens, audiences, store, catalog, clock, new TokenUse(registry, catalog)));
        bearers.add(accounts);
        bearers.add(new BootstrapTokens(store, catalog, clock));
        if (known.structured() != null) {
            bearers.add(known.structured());
        }
        if (known.webhook() != null) {
            bearers.add(known.webhook());
        }
        return new Callers(
                tokens,
                accounts,
                new Authentication(requests, List.copyOf(bearers), anonymous(configuration)));
    }

    private static Supplier<Anonymous> anonymous(ApiServerConfiguration configuration) {
        var plain = configuration.anonymous() ? Anonymous.EVERYWHERE : Anonymous.NOWHERE;
        var structured = configuration.security().identification().structured();
        return structured == null ? () -> plain : () -> structured.anonymous(plain);
    }
}

package io.coxswain.apiserver.filters;

import io.coxswain.apiserver.authentication.Authenticator;
import io.coxswain.apiserver.authorization.Authorizer;
import java.util.List;

/// The filters of the API server.
public final class Filters {

    private Filters() {}

    /// Every filter, in the order in which a request meets them.
    public static List<Filter> chain(
            List<Authenticator> authenticators, boolean anonymous, Authorizer authorizer) {
        return List.of(
                new ErrorFilter(),
                new AuthenticationFilter(authenticators, anonymous),
                new ImpersonationFilter(authorizer),
                new AuthorizationFilter(authorizer));
    }
}

package io.coxswain.apiserver.filters;

import io.coxswain.apiserver.authentication.Authenticator;
import io.coxswain.apiserver.authorization.Authorizer;
import java.util.List;

/// The filters of the API server.
public final class Filters {

    private Filters() {}

    /// Every filter, in the order in which a request meets them.
    ///
    /// @param outermost sees requests before, and answers after everything else
    /// @param flowControl holds back who is known, before anything is decided for them
    public static List<Filter> chain(
            Filter outermost,
            Filter flowControl,
            List<Authenticator> authenticators,
            boolean anonymous,
            Authorizer authorizer) {
        return List.of(
                outermost,
                new ErrorFilter(),
                new TimeoutFilter(),
                new AuthenticationFilter(authenticators, anonymous),
                new ImpersonationFilter(authorizer),
                flowControl,
                new AuthorizationFilter(authorizer));
    }
}

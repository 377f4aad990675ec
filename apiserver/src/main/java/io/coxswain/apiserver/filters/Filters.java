package io.coxswain.apiserver.filters;

import io.coxswain.apiserver.audit.AuditFilter;
import io.coxswain.apiserver.authentication.Authentication;
import io.coxswain.apiserver.authorization.Authorizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The filters of the API server.
public final class Filters {

    private Filters() {}

    /// Every filter, in the order in which a request meets them.
    ///
    /// @param outermost sees requests before, and answers after everything else
    /// @param flowControl holds back who is known, before anything is decided for them
    /// @param audit null when nothing is written down
    public static List<Filter> chain(
            Filter outermost,
            Filter flowControl,
            Authentication authentication,
            @Nullable AuditFilter audit,
            Authorizer authorizer) {
        var all = new ArrayList<Filter>();
        all.add(outermost);
        all.add(new AuditIdFilter());
        all.add(new ErrorFilter());
        all.add(new TimeoutFilter());
        all.add(new AuthenticationFilter(authentication, audit));
        if (audit != null) {
            all.add(audit);
        }
        all.add(new ImpersonationFilter(authorizer));
        all.add(flowControl);
        all.add(new AuthorizationFilter(authorizer));
        return List.copyOf(all);
    }
}

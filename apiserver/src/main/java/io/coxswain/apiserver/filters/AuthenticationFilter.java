package io.coxswain.apiserver.filters;

import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.audit.AuditFilter;
import io.coxswain.apiserver.authentication.Authentication;
import io.coxswain.apiserver.authentication.Authentication.Impostor;
import io.coxswain.apiserver.authentication.Authentication.Known;
import io.coxswain.apiserver.authentication.Authentication.Stranger;
import io.coxswain.http.Response;
import org.jspecify.annotations.Nullable;

/// Finds out who is calling. A credential nobody recognises is refused; no credential at all is the
/// anonymous user, where allowed, and for the one thing that a machine must ask before it has one.
///
/// @param audit writes down who was refused
record AuthenticationFilter(Authentication authentication, @Nullable AuditFilter audit)
        implements Filter {

    /// By which certificate the cluster can be trusted. Authorization still decides.
    private static final String CLUSTER_INFO =
            "/api/v1/namespaces/kube-public/configmaps/cluster-info";

    @Override
    public Response apply(Call call, Next next) {
        if (call.request().peer().attachment() instanceof User inProcess) {
            return next.handle(call.as(inProcess));
        }
        return switch (authentication.caller(call)) {
            case Known(var user) -> next.handle(call.as(user));
            case Stranger nobody -> {
                if (!mayAsk(call)) {
                    throw refused(call);
                }
                yield next.handle(call.as(User.ANONYMOUS));
            }
            case Impostor somebody -> throw refused(call);
        };
    }

    private boolean mayAsk(Call call) {
        var path = call.request().path();
        return authentication.anonymous().get().mayAsk(path)
                || (call.info().verb() == Verb.GET && path.equals(CLUSTER_INFO));
    }

    private RuntimeException refused(Call call) {
        if (audit != null) {
            audit.unauthenticated(call);
        }
        return Errors.unauthorized();
    }
}

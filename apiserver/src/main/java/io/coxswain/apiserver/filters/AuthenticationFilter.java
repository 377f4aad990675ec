package io.coxswain.apiserver.filters;

import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.authentication.Authenticator;
import io.coxswain.http.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out who is calling: the first authenticator that recognises a credential decides. A
/// credential nobody recognises is refused; no credential at all is the anonymous user, where
/// allowed, and for the one thing that a machine must ask before it has one.
record AuthenticationFilter(List<Authenticator> authenticators, boolean anonymous)
        implements Filter {

    /// By which certificate the cluster can be trusted. Authorization still decides.
    private static final String CLUSTER_INFO =
            "/api/v1/namespaces/kube-public/configmaps/cluster-info";

    @Override
    public Response apply(Call call, Next next) {
        var request = call.request();
        if (request.peer().attachment() instanceof User inProcess) {
            return next.handle(call.as(inProcess));
        }
        for (var authenticator : authenticators) {
            var user = authenticator.authenticate(request);
            if (user != null) {
                return next.handle(call.as(authenticated(user)));
            }
        }
        var open =
                anonymous
                        || (call.info().verb() == Verb.GET && request.path().equals(CLUSTER_INFO));
        if (!open || hasToken(request.header("authorization"))) {
            throw Errors.unauthorized();
        }
        return next.handle(call.as(User.ANONYMOUS));
    }

    /// What is no bearer token is nothing that could be wrong.
    private static boolean hasToken(@Nullable String authorization) {
        if (authorization == null) {
            return false;
        }
        var parts = authorization.strip().split(" ", 3);
        return parts.length > 1 && parts[0].equalsIgnoreCase("bearer") && !parts[1].isEmpty();
    }

    private static User authenticated(User user) {
        if (user.groups().contains(User.AUTHENTICATED)
                || user.groups().contains(User.UNAUTHENTICATED)) {
            return user;
        }
        var groups = new ArrayList<>(user.groups());
        groups.add(User.AUTHENTICATED);
        return new User(user.name(), user.uid(), List.copyOf(groups), user.extra());
    }
}

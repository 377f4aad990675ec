package io.coxswain.apiserver.filters;

import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.http.Response;

/// Refuses what the caller may not do, before anything is said about what exists.
record AuthorizationFilter(Authorizer authorizer) implements Filter {

    @Override
    public Response apply(Call call, Next next) {
        var attributes = Attributes.of(call.user(), call.info());
        return switch (authorizer.authorize(attributes)) {
            case Authorizer.Allowed allowed -> next.handle(call);
            case Authorizer.NoOpinion(var reason) -> {
                var info = call.info();
                if (!info.resourceRequest()) {
                    throw Errors.forbidden("", "", "", attributes.refusal(reason));
                }
                var resource =
                        info.subresource().isEmpty()
                                ? info.resource()
                                : info.resource() + "/" + info.subresource();
                throw Errors.forbidden(
                        info.group(), resource, info.name(), attributes.refusal(reason));
            }
        };
    }
}

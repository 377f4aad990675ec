package io.coxswain.apiserver.filters;

import io.coxswain.api.schema.Errors;
import io.coxswain.api.selector.FieldSelectors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.http.Response;
import org.jspecify.annotations.Nullable;

/// Refuses what the caller may not do, before anything is said about what exists.
record AuthorizationFilter(Authorizer authorizer) implements Filter {

    private static final String DECISION = "authorization.k8s.io/decision";
    private static final String REASON = "authorization.k8s.io/reason";

    @Override
    public Response apply(Call call, Next next) {
        var attributes = attributes(call);
        return switch (authorizer.authorize(attributes)) {
            case Authorizer.Allowed(var reason) -> {
                if (call.annotations().wanted()) {
                    call.annotations().put(DECISION, "allow");
                    call.annotations().put(REASON, reason);
                }
                yield next.handle(call);
            }
            case Authorizer.Denied(var reason, var error) ->
                    throw refused(call, attributes, reason, error);
            case Authorizer.NoOpinion(var reason, var error) ->
                    throw refused(call, attributes, reason, error);
        };
    }

    private static RuntimeException refused(
            Call call, Attributes attributes, String reason, String error) {
        if (!error.isEmpty()) {
            call.annotations().put(REASON, "internal error");
            return Errors.internal(error);
        }
        call.annotations().put(DECISION, "forbid");
        call.annotations().put(REASON, reason);
        var info = call.info();
        return info.resourceRequest()
                ? Errors.forbidden(
                        info.group(), info.resource(), info.name(), attributes.refusal(reason))
                : Errors.forbidden("", "", "", attributes.refusal(reason));
    }

    /// A list that is narrowed to one name asks for that name only.
    private static Attributes attributes(Call call) {
        var attributes = Attributes.of(call.user(), call.info());
        var fields = call.query().first("fieldSelector");
        var labels = call.query().first("labelSelector");
        if (!attributes.resourceRequest() || (fields == null && labels == null)) {
            return attributes;
        }
        var name = fields == null ? null : nameIn(fields);
        var named =
                name != null && attributes.name().isEmpty() ? attributes.named(name) : attributes;
        return named.selecting(fields == null ? "" : fields, labels == null ? "" : labels);
    }

    private static @Nullable String nameIn(String selector) {
        try {
            return FieldSelectors.parse(selector).required("metadata.name");
        } catch (RuntimeException unreadable) {
            return null; // The list itself says what is wrong with it.
        }
    }
}

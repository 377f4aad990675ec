package io.coxswain.apiserver.cel.functions;

import io.coxswain.apiserver.cel.AccessCheck;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.CelType;
import org.jspecify.annotations.Nullable;

/// Kubernetes' questions to the authorizer:
/// `authorizer.group("apps").resource("deployments").check("create").allowed()`.
final class AuthorizerFunctions {

    private AuthorizerFunctions() {}

    static Library library() {
        return new Library()
                .declare(
                        "Authorizer.path(string): PathCheck",
                        "Authorizer.group(string): GroupCheck",
                        "Authorizer.serviceAccount(string, string): Authorizer",
                        "GroupCheck.resource(string): ResourceCheck",
                        "ResourceCheck.subresource(string): ResourceCheck",
                        "ResourceCheck.namespace(string): ResourceCheck",
                        "ResourceCheck.name(string): ResourceCheck",
                        "ResourceCheck.fieldSelector(string): ResourceCheck",
                        "ResourceCheck.labelSelector(string): ResourceCheck",
                        "PathCheck.check(string): Decision",
                        "ResourceCheck.check(string): Decision",
                        "Decision.errored(): bool",
                        "Decision.error(): string",
                        "Decision.allowed(): bool",
                        "Decision.reason(): string")
                .function("path", a -> question(a, AccessCheck::path))
                .function("group", a -> question(a, AccessCheck::group))
                .function("resource", a -> question(a, AccessCheck::resource))
                .function("subresource", a -> question(a, AccessCheck::subresource))
                .function("namespace", a -> question(a, AccessCheck::namespace))
                .function("name", a -> question(a, AccessCheck::name))
                .function("fieldSelector", a -> question(a, AccessCheck::fieldSelector))
                .function("labelSelector", a -> question(a, AccessCheck::labelSelector))
                .function("serviceAccount", AuthorizerFunctions::serviceAccount)
                .function(
                        "check",
                        a ->
                                a[0] instanceof AccessCheck check && a[1] instanceof String verb
                                        ? new Decision(check.check(verb))
                                        : null)
                .function("allowed", a -> a[0] instanceof Decision(var d) ? d.allowed() : null)
                .function("reason", a -> a[0] instanceof Decision(var d) ? d.reason() : null)
                .function("errored", a -> a[0] instanceof Decision(var d) ? d.errored() : null)
                .function("error", a -> a[0] instanceof Decision(var d) ? d.error() : null);
    }

    /// What the authorizer said.
    record Decision(AccessCheck.Outcome outcome) implements Opaque {

        @Override
        public CelType type() {
            return new CelType("kubernetes.authorization.Decision");
        }
    }

    private interface Part {
        AccessCheck add(AccessCheck check, String value);
    }

    private static @Nullable Object question(Object[] a, Part part) {
        return a[0] instanceof AccessCheck check && a[1] instanceof String text
                ? part.add(check, text)
                : null;
    }

    private static @Nullable Object serviceAccount(Object[] a) {
        if (!(a[0] instanceof AccessCheck check
                && a[1] instanceof String namespace
                && a[2] instanceof String name)) {
            return null;
        }
        if (namespace.isEmpty() || name.isEmpty()) {
            throw new CelFailure("Invalid service account name");
        }
        return check.serviceAccount(namespace, name);
    }
}

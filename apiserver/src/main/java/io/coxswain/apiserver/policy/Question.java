package io.coxswain.apiserver.policy;

import io.coxswain.apiserver.User;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.cel.AccessCheck;
import java.util.List;
import java.util.Map;

/// A question to the server's authorizer, as expressions put it together.
record Question(Authorizer authorizer, Attributes parts) implements AccessCheck {

    Question(Authorizer authorizer, User user) {
        this(authorizer, new Attributes(user, "", "", "", "", "", "", ""));
    }

    /// About the resource that is being written.
    static Question about(Authorizer authorizer, AdmissionRequest<?> request) {
        var kind = request.kind();
        return new Question(
                authorizer,
                new Attributes(
                        request.user(),
                        "",
                        kind.group(),
                        request.namespace(),
                        kind.plural(),
                        request.subresource(),
                        request.name(),
                        ""));
    }

    private Question with(
            String group, String namespace, String resource, String part, String name) {
        return new Question(
                authorizer,
                new Attributes(parts.user(), "", group, namespace, resource, part, name, "")
                        .selecting(parts.fieldSelector(), parts.labelSelector()));
    }

    @Override
    public AccessCheck path(String path) {
        return new Question(authorizer, new Attributes(parts.user(), "", "", "", "", "", "", path));
    }

    @Override
    public AccessCheck group(String group) {
        return with(group, parts.namespace(), parts.resource(), parts.subresource(), parts.name());
    }

    @Override
    public AccessCheck resource(String resource) {
        return with(parts.group(), parts.namespace(), resource, parts.subresource(), parts.name());
    }

    @Override
    public AccessCheck subresource(String subresource) {
        return with(parts.group(), parts.namespace(), parts.resource(), subresource, parts.name());
    }

    @Override
    public AccessCheck namespace(String namespace) {
        return with(parts.group(), namespace, parts.resource(), parts.subresource(), parts.name());
    }

    @Override
    public AccessCheck name(String name) {
        return with(parts.group(), parts.namespace(), parts.resource(), parts.subresource(), name);
    }

    @Override
    public AccessCheck fieldSelector(String selector) {
        return new Question(authorizer, parts.selecting(selector, parts.labelSelector()));
    }

    @Override
    public AccessCheck labelSelector(String selector) {
        return new Question(authorizer, parts.selecting(parts.fieldSelector(), selector));
    }

    @Override
    public AccessCheck serviceAccount(String namespace, String name) {
        var groups =
                List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + namespace,
                        User.AUTHENTICATED);
        return new Question(
                authorizer,
                new User("system:serviceaccount:" + namespace + ":" + name, "", groups, Map.of()));
    }

    @Override
    public Outcome check(String verb) {
        var asked =
                new Attributes(
                                parts.user(),
                                verb,
                                parts.group(),
                                parts.namespace(),
                                parts.resource(),
                                parts.subresource(),
                                parts.name(),
                                parts.path())
                        .selecting(parts.fieldSelector(), parts.labelSelector());
        return switch (authorizer.authorize(asked)) {
            case Authorizer.Allowed(var reason) -> new Outcome(true, reason, "");
            case Authorizer.Denied(var reason, var error) -> new Outcome(false, reason, error);
            case Authorizer.NoOpinion(var reason, var error) -> new Outcome(false, reason, error);
        };
    }
}

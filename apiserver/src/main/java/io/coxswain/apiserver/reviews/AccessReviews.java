package io.coxswain.apiserver.reviews;

import io.coxswain.api.authorization.LocalSubjectAccessReview;
import io.coxswain.api.authorization.NonResourceAttributes;
import io.coxswain.api.authorization.ResourceAttributes;
import io.coxswain.api.authorization.SelfSubjectAccessReview;
import io.coxswain.api.authorization.SelfSubjectRulesReview;
import io.coxswain.api.authorization.SelfSubjectRulesReview.NonResourceRule;
import io.coxswain.api.authorization.SelfSubjectRulesReview.ResourceRule;
import io.coxswain.api.authorization.SelfSubjectRulesReview.SubjectRulesReviewStatus;
import io.coxswain.api.authorization.SubjectAccessReview;
import io.coxswain.api.authorization.SubjectAccessReviewSpec;
import io.coxswain.api.authorization.SubjectAccessReviewStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.http.Response;
import org.jspecify.annotations.Nullable;

/// Asks the authorizer on somebody's behalf.
record AccessReviews(RbacAuthorizer authorizer) {

    Response subject(Call call) {
        var review = Reviews.body(call, SubjectAccessReview.class);
        var spec = review.spec();
        checkSubject("SubjectAccessReview", spec);
        var status = decide(user(spec), spec.resourceAttributes(), spec.nonResourceAttributes());
        return Reviews.created(call, Edit.with(review, SubjectAccessReview::status, status));
    }

    Response local(Call call) {
        var review = Reviews.body(call, LocalSubjectAccessReview.class);
        var spec = review.spec();
        checkSubject("LocalSubjectAccessReview", spec);
        var resource = spec.resourceAttributes();
        var namespace = call.info().namespace();
        if (resource == null || !resource.namespace().equals(namespace)) {
            var errors = new FieldErrors();
            errors.at("spec")
                    .at("resourceAttributes")
                    .at("namespace")
                    .invalid(
                            resource == null ? "" : resource.namespace(),
                            "must match metadata.namespace");
            throw Errors.invalid(
                    "authorization.k8s.io", "LocalSubjectAccessReview", "", errors.all());
        }
        var status = decide(user(spec), resource, null);
        return Reviews.created(call, Edit.with(review, LocalSubjectAccessReview::status, status));
    }

    Response self(Call call) {
        var review = Reviews.body(call, SelfSubjectAccessReview.class);
        var spec = review.spec();
        checkOneOf(
                "SelfSubjectAccessReview", spec.resourceAttributes(), spec.nonResourceAttributes());
        var status = decide(call.user(), spec.resourceAttributes(), spec.nonResourceAttributes());
        return Reviews.created(call, Edit.with(review, SelfSubjectAccessReview::status, status));
    }

    Response rules(Call call) {
        var review = Reviews.body(call, SelfSubjectRulesReview.class);
        var namespace = review.spec().namespace();
        if (namespace.isEmpty()) {
            throw Errors.badRequest("no namespace on request");
        }
        var rules = authorizer.rulesFor(call.user(), namespace);
        var resources =
                rules.stream()
                        .filter(rule -> !rule.resources().isEmpty())
                        .map(rule ->
                                new ResourceRule(
                                        rule.verbs(),
                                        rule.apiGroups(),
                                        rule.resources(),
                                        rule.resourceNames()))
                        .toList();
        var paths =
                rules.stream()
                        .filter(rule -> !rule.nonResourceURLs().isEmpty())
                        .map(rule -> new NonResourceRule(rule.verbs(), rule.nonResourceURLs()))
                        .toList();
        var status = new SubjectRulesReviewStatus(resources, paths, false, "");
        return Reviews.created(call, Edit.with(review, SelfSubjectRulesReview::status, status));
    }

    private SubjectAccessReviewStatus decide(
            User user,
            @Nullable ResourceAttributes resource,
            @Nullable NonResourceAttributes path) {
        var decision = authorizer.authorize(attributes(user, resource, path));
        return switch (decision) {
            case Authorizer.Allowed(var reason) ->
                    Edit.of(SubjectAccessReviewStatus.class)
                            .set(SubjectAccessReviewStatus::allowed, true)
                            .set(SubjectAccessReviewStatus::reason, reason)
                            .done();
            case Authorizer.NoOpinion(var reason) ->
                    Edit.of(SubjectAccessReviewStatus.class)
                            .set(SubjectAccessReviewStatus::reason, reason)
                            .done();
        };
    }

    private static Attributes attributes(
            User user,
            @Nullable ResourceAttributes resource,
            @Nullable NonResourceAttributes path) {
        if (resource != null) {
            return new Attributes(
                    user,
                    resource.verb(),
                    resource.group(),
                    resource.namespace(),
                    resource.resource(),
                    resource.subresource(),
                    resource.name(),
                    "");
        }
        return path == null
                ? new Attributes(user, "", "", "", "", "", "", "/")
                : new Attributes(user, path.verb(), "", "", "", "", "", path.path());
    }

    private static User user(SubjectAccessReviewSpec spec) {
        return new User(spec.user(), spec.uid(), spec.groups(), spec.extra());
    }

    private static void checkSubject(String kind, SubjectAccessReviewSpec spec) {
        checkOneOf(kind, spec.resourceAttributes(), spec.nonResourceAttributes());
        if (spec.user().isEmpty() && spec.groups().isEmpty()) {
            var errors = new FieldErrors();
            errors.at("spec")
                    .at("user")
                    .invalid("", "at least one of user or group must be specified");
            throw Errors.invalid("authorization.k8s.io", kind, "", errors.all());
        }
    }

    private static void checkOneOf(
            String kind,
            @Nullable ResourceAttributes resource,
            @Nullable NonResourceAttributes path) {
        var errors = new FieldErrors();
        if (resource == null && path == null) {
            errors.at("spec")
                    .at("resourceAttributes")
                    .invalid(
                            null,
                            "exactly one of nonResourceAttributes or resourceAttributes must be"
                                    + " specified");
        }
        if (resource != null && path != null) {
            errors.at("spec")
                    .at("nonResourceAttributes")
                    .invalid(path, "cannot be specified in combination with resourceAttributes");
        }
        if (!errors.isEmpty()) {
            throw Errors.invalid("authorization.k8s.io", kind, "", errors.all());
        }
    }
}

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
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authorization.AccessQuestion;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.base.Clock;
import io.coxswain.http.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the authorizer on somebody's behalf.
record AccessReviews(Authorizer authorizer, RbacAuthorizer rbac, Clock clock) {

    Response subject(Call call) {
        var review = Reviews.body(call, SubjectAccessReview.class, clock);
        var spec = review.spec();
        var errors = new FieldErrors();
        checkSubject(spec, errors);
        checkEmpty(review.metadata(), errors);
        throwIfAny(errors);
        var status = decide(user(spec), spec.resourceAttributes(), spec.nonResourceAttributes());
        return Reviews.created(call, Edit.with(review, SubjectAccessReview::status, status));
    }

    Response local(Call call) {
        var sent = Reviews.body(call, LocalSubjectAccessReview.class, clock);
        var namespace = call.info().namespace();
        if (!sent.namespace().isEmpty() && !sent.namespace().equals(namespace)) {
            throw Errors.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
        var metadata = Edit.with(sent.metadata(), ObjectMeta::namespace, namespace);
        var review = Edit.with(sent, LocalSubjectAccessReview::metadata, metadata);
        var spec = review.spec();
        var errors = new FieldErrors();
        checkSubject(spec, errors);
        checkEmpty(Edit.with(metadata, ObjectMeta::namespace, ""), errors);
        var resource = spec.resourceAttributes();
        if (resource != null && !resource.namespace().equals(namespace)) {
            errors.at("spec")
                    .at("resourceAttributes")
                    .at("namespace")
                    .invalid(resource.namespace(), "must match metadata.namespace");
        }
        if (spec.nonResourceAttributes() != null) {
            errors.at("spec")
                    .at("nonResourceAttributes")
                    .invalid(spec.nonResourceAttributes(), "disallowed on this kind of request");
        }
        throwIfAny(errors);
        var status = decide(user(spec), resource, null);
        return Reviews.created(call, Edit.with(review, LocalSubjectAccessReview::status, status));
    }

    Response self(Call call) {
        var review = Reviews.body(call, SelfSubjectAccessReview.class, clock);
        var spec = review.spec();
        var errors = new FieldErrors();
        checkOneOf(spec.resourceAttributes(), spec.nonResourceAttributes(), errors);
        checkEmpty(review.metadata(), errors);
        throwIfAny(errors);
        var status = decide(call.user(), spec.resourceAttributes(), spec.nonResourceAttributes());
        return Reviews.created(call, Edit.with(review, SelfSubjectAccessReview::status, status));
    }

    Response rules(Call call) {
        var review = Reviews.body(call, SelfSubjectRulesReview.class, clock);
        var namespace = review.spec().namespace();
        if (namespace.isEmpty()) {
            throw Errors.badRequest("no namespace on request");
        }
        var rules = rbac.rulesFor(call.user(), namespace);
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
        var gap = authorizer.unlisted(call.user());
        var status = new SubjectRulesReviewStatus(resources, paths, !gap.isEmpty(), gap);
        return Reviews.created(call, Edit.with(review, SelfSubjectRulesReview::status, status));
    }

    private SubjectAccessReviewStatus decide(
            User user,
            @Nullable ResourceAttributes resource,
            @Nullable NonResourceAttributes path) {
        var decision = authorizer.authorize(attributes(user, resource, path));
        var status = Edit.of(SubjectAccessReviewStatus.class);
        switch (decision) {
            case Authorizer.Allowed(var reason) ->
                    status.set(SubjectAccessReviewStatus::allowed, true)
                            .set(SubjectAccessReviewStatus::reason, reason);
            case Authorizer.Denied(var reason, var error) ->
                    status.set(SubjectAccessReviewStatus::denied, true)
                            .set(SubjectAccessReviewStatus::reason, reason)
                            .set(SubjectAccessReviewStatus::evaluationError, error);
            case Authorizer.NoOpinion(var reason, var error) ->
                    status.set(SubjectAccessReviewStatus::reason, reason)
                            .set(SubjectAccessReviewStatus::evaluationError, error);
        }
        return status.done();
    }

    private static Attributes attributes(
            User user,
            @Nullable ResourceAttributes resource,
            @Nullable NonResourceAttributes path) {
        if (resource != null) {
            return AccessQuestion.of(user, resource);
        }
        return path == null
                ? new Attributes(user, "", "", "", "", "", "", "/")
                : new Attributes(user, path.verb(), "", "", "", "", "", path.path());
    }

    private static User user(SubjectAccessReviewSpec spec) {
        return new User(spec.user(), spec.uid(), spec.groups(), spec.extra());
    }

    private static void checkSubject(SubjectAccessReviewSpec spec, FieldErrors errors) {
        checkOneOf(spec.resourceAttributes(), spec.nonResourceAttributes(), errors);
        if (spec.user().isEmpty() && spec.groups().isEmpty()) {
            errors.at("spec")
                    .at("user")
                    .invalid("", "at least one of user or group must be specified");
        }
    }

    private static void checkOneOf(
            @Nullable ResourceAttributes resource,
            @Nullable NonResourceAttributes path,
            FieldErrors all) {
        var errors = all.at("spec");
        if (resource == null && path == null) {
            errors.at("resourceAttributes")
                    .invalid(
                            null,
                            "exactly one of nonResourceAttributes or resourceAttributes must be"
                                    + " specified");
        }
        if (resource != null && path != null) {
            errors.at("nonResourceAttributes")
                    .invalid(path, "cannot be specified in combination with resourceAttributes");
        }
        if (resource != null) {
            checkSelectors(resource, errors.at("resourceAttributes"));
        }
    }

    private static void checkSelectors(ResourceAttributes resource, FieldErrors errors) {
        var fields = resource.fieldSelector();
        if (fields != null) {
            checkSelector(
                    "fieldSelector", fields.rawSelector(), fields.requirements().size(), errors);
        }
        var labels = resource.labelSelector();
        if (labels != null) {
            checkSelector(
                    "labelSelector", labels.rawSelector(), labels.requirements().size(), errors);
        }
    }

    private static void checkSelector(
            String name, String raw, int requirements, FieldErrors errors) {
        if (!raw.isEmpty() && requirements > 0) {
            errors.at(name)
                    .at("rawSelector")
                    .invalid(raw, "may not specified at the same time as requirements");
        }
        if (raw.isEmpty() && requirements == 0) {
            errors.at(name)
                    .at("requirements")
                    .required(
                            "when "
                                    + name
                                    + " is specified, requirements or rawSelector is required");
        }
    }

    /// A review has no name, no labels, nothing; what the server itself added does not count.
    private static void checkEmpty(ObjectMeta metadata, FieldErrors errors) {
        var sent = Edit.with(metadata, ObjectMeta::managedFields, List.of());
        if (!sent.equals(Edit.of(ObjectMeta.class).done())) {
            errors.at("metadata").invalid(metadata, "must be empty");
        }
    }

    /// Upstream leaves out the kind here.
    private static void throwIfAny(FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw Errors.invalid("authorization.k8s.io", "", "", errors.all());
        }
    }
}

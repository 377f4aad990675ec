package io.coxswain.apiserver.reviews;

import io.coxswain.api.authentication.SelfSubjectReview;
import io.coxswain.api.authentication.SelfSubjectReview.SelfSubjectReviewStatus;
import io.coxswain.api.authentication.TokenReview;
import io.coxswain.api.authentication.TokenReview.TokenReviewStatus;
import io.coxswain.api.authentication.UserInfo;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authentication.Authentication;
import io.coxswain.apiserver.authentication.TokenAuthenticator;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.Times;
import io.coxswain.apiserver.registry.Unstored;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.base.Clock;
import io.coxswain.http.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every review this server answers, by `group/version/plural`.
public final class Reviews {

    private final Authentication authentication;
    private final List<String> audiences;
    private final Clock clock;

    private Reviews(Authentication authentication, List<String> audiences, Clock clock) {
        this.authentication = authentication;
        this.audiences = audiences;
        this.clock = clock;
    }

    /// @param audiences of this server
    /// @param rbac asked what rules somebody has
    public static Map<String, Filter.Next> all(
            Authentication authentication,
            List<String> audiences,
            Authorizer authorizer,
            RbacAuthorizer rbac,
            Clock clock) {
        var identity = new Reviews(authentication, audiences, clock);
        var access = new AccessReviews(authorizer, rbac, clock);
        var all = new HashMap<String, Filter.Next>();
        all.put("authentication.k8s.io/v1/tokenreviews", identity::token);
        all.put("authentication.k8s.io/v1/selfsubjectreviews", identity::self);
        all.put("authorization.k8s.io/v1/subjectaccessreviews", access::subject);
        all.put("authorization.k8s.io/v1/localsubjectaccessreviews", access::local);
        all.put("authorization.k8s.io/v1/selfsubjectaccessreviews", access::self);
        all.put("authorization.k8s.io/v1/selfsubjectrulesreviews", access::rules);
        return Map.copyOf(all);
    }

    /// The review in the body of `call`, owned by its sender.
    static <T extends Resource> T body(Call call, Class<T> type, Clock clock) {
        var review = Received.record(call, type);
        return Unstored.owned(type, review, "", WriteOptions.of(call), clock);
    }

    static Response created(Call call, Record answer) {
        return Answers.of(call, 201, answer);
    }

    private Response self(Call call) {
        var review = body(call, SelfSubjectReview.class, clock);
        var status = new SelfSubjectReviewStatus(info(call.user()));
        var metadata =
                Edit.with(
                        review.metadata(),
                        ObjectMeta::creationTimestamp,
                        Times.seconds(clock.now()));
        return created(
                call,
                Edit.of(review)
                        .set(SelfSubjectReview::metadata, metadata)
                        .set(SelfSubjectReview::status, status)
                        .done());
    }

    private Response token(Call call) {
        var review = body(call, TokenReview.class, clock);
        if (!review.namespace().isEmpty()) {
            throw Errors.badRequest("namespace is not allowed on this type: " + review.namespace());
        }
        var token = review.spec().token();
        if (token.isEmpty()) {
            throw Errors.badRequest("token is required for TokenReview in authentication");
        }
        var asked = review.spec().audiences();
        var problems = new ArrayList<>(List.of("invalid bearer token"));
        var status = Edit.of(TokenReviewStatus.class);
        if (authentication.verify(token, asked.isEmpty() ? audiences : asked, problems)
                instanceof TokenAuthenticator.Accepted accepted) {
            status.set(TokenReviewStatus::authenticated, true)
                    .set(TokenReviewStatus::user, info(Authentication.member(accepted.user())))
                    .set(TokenReviewStatus::audiences, accepted.audiences());
        } else {
            status.set(
                    TokenReviewStatus::error,
                    problems.size() == 1
                            ? problems.getFirst()
                            : "[" + String.join(", ", problems) + "]");
        }
        return created(call, Edit.with(review, TokenReview::status, status.done()));
    }

    private static UserInfo info(User user) {
        return new UserInfo(user.name(), user.uid(), user.groups(), user.extra());
    }
}

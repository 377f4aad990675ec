package io.coxswain.apiserver.reviews;

import io.coxswain.api.authentication.SelfSubjectReview;
import io.coxswain.api.authentication.SelfSubjectReview.SelfSubjectReviewStatus;
import io.coxswain.api.authentication.TokenReview;
import io.coxswain.api.authentication.TokenReview.TokenReviewStatus;
import io.coxswain.api.authentication.UserInfo;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authentication.Authenticator;
import io.coxswain.apiserver.authentication.ServiceAccountTokens;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.Received;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every review this server answers, by `group/version/plural`.
public final class Reviews {

    private final List<Authenticator> authenticators;
    private final ServiceAccountTokens tokens;

    private Reviews(List<Authenticator> authenticators, ServiceAccountTokens tokens) {
        this.authenticators = authenticators;
        this.tokens = tokens;
    }

    public static Map<String, Filter.Next> all(
            List<Authenticator> authenticators,
            ServiceAccountTokens tokens,
            RbacAuthorizer authorizer) {
        var identity = new Reviews(authenticators, tokens);
        var access = new AccessReviews(authorizer);
        var all = new HashMap<String, Filter.Next>();
        all.put("authentication.k8s.io/v1/tokenreviews", identity::token);
        all.put("authentication.k8s.io/v1/selfsubjectreviews", identity::self);
        all.put("authorization.k8s.io/v1/subjectaccessreviews", access::subject);
        all.put("authorization.k8s.io/v1/localsubjectaccessreviews", access::local);
        all.put("authorization.k8s.io/v1/selfsubjectaccessreviews", access::self);
        all.put("authorization.k8s.io/v1/selfsubjectrulesreviews", access::rules);
        return Map.copyOf(all);
    }

    static <T> T body(Call call, Class<T> type) {
        return Received.record(call, type);
    }

    static Response created(Call call, Record answer) {
        return Answers.of(call, 201, answer);
    }

    private Response self(Call call) {
        var review = body(call, SelfSubjectReview.class);
        var status = new SelfSubjectReviewStatus(info(call.user()));
        return created(call, Edit.with(review, SelfSubjectReview::status, status));
    }

    private Response token(Call call) {
        var review = body(call, TokenReview.class);
        var asked = review.spec().audiences();
        var audiences = asked.isEmpty() ? tokens.defaultAudiences() : asked;
        var user = user(review.spec().token(), audiences);
        var status = Edit.of(TokenReviewStatus.class);
        if (user == null) {
            status.set(TokenReviewStatus::error, "[invalid bearer token]");
        } else {
            status.set(TokenReviewStatus::authenticated, true)
                    .set(TokenReviewStatus::user, info(user))
                    .set(TokenReviewStatus::audiences, audiences);
        }
        return created(call, Edit.with(review, TokenReview::status, status.done()));
    }

    /// Asks every authenticator as if the token had come with a request.
    private @Nullable User user(String token, List<String> audiences) {
        var account = tokens.userOf(token, audiences);
        if (account != null) {
            return account;
        }
        var request = Request.get("/").withHeader("authorization", "Bearer " + token);
        for (var authenticator : authenticators) {
            var user = authenticator.authenticate(request);
            if (user != null) {
                return user;
            }
        }
        return null;
    }

    private static UserInfo info(User user) {
        return new UserInfo(user.name(), user.uid(), user.groups(), user.extra());
    }
}

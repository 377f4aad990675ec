package io.coxswain.apiserver.reviews;

import io.coxswain.api.authentication.SelfSubjectReview;
import io.coxswain.api.authentication.SelfSubjectReview.SelfSubjectReviewStatus;
import io.coxswain.api.authentication.TokenReview;
import io.coxswain.api.authentication.TokenReview.TokenReviewStatus;
import io.coxswain.api.authentication.UserInfo;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authentication.Authenticator;
import io.coxswain.apiserver.authentication.ServiceAccountTokens;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.registry.Times;
import io.coxswain.apiserver.registry.Unstored;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.apiserver.verbs.Plain;
import io.coxswain.base.Clock;
import io.coxswain.http.Payload;
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
    private final Clock clock;

    private Reviews(List<Authenticator> authenticators, ServiceAccountTokens tokens, Clock clock) {
        this.authenticators = authenticators;
        this.tokens = tokens;
        this.clock = clock;
    }

    public static Map<String, Filter.Next> all(
            List<Authenticator> authenticators,
            ServiceAccountTokens tokens,
            RbacAuthorizer authorizer,
            Clock clock) {
        var identity = new Reviews(authenticators, tokens, clock);
        var access = new AccessReviews(authorizer, clock);
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
        var body = call.request().body();
        var review =
                type.isInstance(body.source())
                        ? type.cast(body.source())
                        : Plain.read(type, body.bytes(), new Problems());
        return Unstored.owned(type, review, "", WriteOptions.of(call), clock);
    }

    static Response created(Record answer) {
        return Response.of(
                201, "application/json", Payload.lazy(() -> RecordWriter.write(answer), answer));
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
        var audiences = asked.isEmpty() ? tokens.defaultAudiences() : asked;
        var user = user(token, audiences);
        var status = Edit.of(TokenReviewStatus.class);
        if (user == null) {
            var problem = tokens.problemOf(token, audiences);
            status.set(
                    TokenReviewStatus::error,
                    problem == null
                            ? "invalid bearer token"
                            : "[invalid bearer token, " + problem + "]");
        } else {
            status.set(TokenReviewStatus::authenticated, true)
                    .set(TokenReviewStatus::user, info(user))
                    .set(TokenReviewStatus::audiences, tokens.meantFor(token, audiences));
        }
        return created(Edit.with(review, TokenReview::status, status.done()));
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

package io.coxswain.apiserver.authorization;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.apiserver.remote.Remembered;
import io.coxswain.base.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks another server whether something may be done (`SubjectAccessReview`). When it cannot be
/// asked, or answers nonsense, the failure policy decides: deny, or leave it to others.
final class WebhookAuthorizer implements Authorizer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookAuthorizer.class);
    private static final int KEPT_MAX = 10_000;
    private static final int QUESTION_LENGTH_MAX = 10_000;
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final NoOpinion SKIPPED = new NoOpinion("");

    /// @param version of the reviews: `v1` or `v1beta1`
    /// @param authorized how long a yes is remembered
    /// @param unauthorized how long anything else is
    /// @param denies whether a failure denies
    record Settings(
            String version,
            Duration authorized,
            Duration unauthorized,
            boolean denies,
            MatchConditions conditions) {}

    private final KubeconfigServer server;
    private final Settings settings;
    private final Clock clock;
    private final Remembered<String, Decision> known;

    WebhookAuthorizer(KubeconfigServer server, Settings settings, Clock clock) {
        this.server = server;
        this.settings = settings;
        this.clock = clock;
        this.known = new Remembered<>(KEPT_MAX, clock);
    }

    @Override
    public String unlisted(User user) {
        return "webhook authorizer does not support user rule resolution";
    }

    @Override
    public Decision authorize(Attributes attributes) {
        var spec = AccessQuestion.spec(attributes);
        try {
            if (!settings.conditions().hold(spec)) {
                return SKIPPED;
            }
        } catch (CelFailure failure) {
            return failed(failure.text());
        }
        var question = new String(JsonWriter.write(spec), StandardCharsets.UTF_8);
        var before = known.find(question);
        if (before != null) {
            return before;
        }
        try {
            var decision = decision(ask(spec).object("status"));
            remember(question, decision);
            return decision;
        } catch (KubeconfigServer.Failed failure) {
            return failed(String.valueOf(failure.getMessage()));
        }
    }

    private Decision failed(String why) {
        LOG.warn("an authorization webhook could not be asked: {}", why);
        return settings.denies() ? new Denied("", why) : new NoOpinion("", why);
    }

    private Json.Obj ask(Json.Obj spec) {
        var review = new LinkedHashMap<String, Json>();
        review.put("kind", Json.of("SubjectAccessReview"));
        review.put("apiVersion", Json.of("authorization.k8s.io/" + settings.version()));
        review.put("metadata", Json.object(Map.of("creationTimestamp", Json.NULL)));
        review.put("spec", settings.version().equals("v1") ? spec : beta(spec));
        review.put("status", Json.object(Map.of("allowed", Json.of(false))));
        var question = new Json.Obj(review);
        var pause = FIRST_PAUSE;
        for (var tried = 1; true; tried++) {
            try {
                return server.post(question);
            } catch (KubeconfigServer.Failed failure) {
                if (tried == TRIES || !failure.worthAnotherTry()) {
                    throw failure;
                }
            }
            clock.pause(pause);
            pause = pause.multipliedBy(3).dividedBy(2);
        }
    }

    /// The older version calls groups by another name.
    private static Json.Obj beta(Json.Obj spec) {
        var groups = spec.get("groups");
        return groups == null ? spec : spec.without("groups").with("group", groups);
    }

    private static Decision decision(Json.Obj status) {
        var allowed = Json.of(true).equals(status.get("allowed"));
        var denied = Json.of(true).equals(status.get("denied"));
        var reason = status.text("reason");
        if (allowed && denied) {
            return new Denied(
                    reason, "webhook subject access review returned both allow and deny response");
        }
        return denied ? new Denied(reason) : allowed ? new Allowed(reason) : new NoOpinion(reason);
    }

    /// Long questions are not kept: nobody can fill the memory by asking them.
    private void remember(String question, Decision decision) {
        var lasts = decision instanceof Allowed ? settings.authorized() : settings.unauthorized();
        if (question.length() <= QUESTION_LENGTH_MAX) {
            known.put(question, decision, lasts);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

package io.coxswain.apiserver.authentication;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks another server about tokens that nobody else knows (`TokenReview`). One that cannot be
/// asked says no.
public final class WebhookTokens implements TokenAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookTokens.class);
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final KubeconfigServer server;
    private final String version;
    private final List<String> own;
    private final Clock clock;

    /// @param version `v1` or `v1beta1`
    /// @param own the audiences of this server
    public WebhookTokens(KubeconfigServer server, String version, List<String> own, Clock clock) {
        this.server = server;
        this.version = version;
        this.own = own;
        this.clock = clock;
    }

    @Override
    public Verdict verify(String token, List<String> audiences) {
        var asked = audiences.isEmpty() ? own : audiences;
        Json.Obj status;
        try {
            status = ask(token, asked).object("status");
        } catch (KubeconfigServer.Failed failure) {
            LOG.warn("a token could not be reviewed: {}", failure.getMessage());
            return new Refused(String.valueOf(failure.getMessage()));
        }
        if (!Json.of(true).equals(status.get("authenticated"))) {
            var error = status.text("error");
            return error.isEmpty() ? UNKNOWN : new Refused(error);
        }
        var meant = texts(status.items("audiences"));
        var good =
                meant.isEmpty()
                        ? asked.stream().filter(own::contains).toList()
                        : asked.stream().filter(meant::contains).toList();
        if (good.isEmpty() && !asked.isEmpty()) {
            return UNKNOWN;
        }
        return new Accepted(user(status.object("user")), good);
    }

    private Json.Obj ask(String token, List<String> asked) {
        var pause = FIRST_PAUSE;
        for (var tried = 1; true; tried++) {
            try {
                var answer = server.post(review(token, asked));
                if (!answer.text("kind").equals("TokenReview")) {
                    LOG.warn("a token review was answered by a {}", answer.text("kind"));
                    return Json.EMPTY;
                }
                return answer;
            } catch (KubeconfigServer.Failed failure) {
                if (tried == TRIES || !failure.worthAnotherTry()) {
                    throw failure;
                }
            }
            clock.pause(pause);
            pause = pause.multipliedBy(3).dividedBy(2);
        }
    }

    private Json.Obj review(String token, List<String> asked) {
        var spec = new LinkedHashMap<String, Json>();
        spec.put("token", Json.of(token));
        if (!asked.isEmpty()) {
            spec.put("audiences", Json.array(asked.stream().map(Json::of).toList()));
        }
        var review = new LinkedHashMap<String, Json>();
        review.put("kind", Json.of("TokenReview"));
        review.put("apiVersion", Json.of("authentication.k8s.io/" + version));
        review.put("metadata", Json.object(Map.of("creationTimestamp", Json.NULL)));
        review.put("spec", new Json.Obj(spec));
        return new Json.Obj(review);
    }

    private static User user(Json.Obj user) {
        var extra = new LinkedHashMap<String, List<String>>();
        user.object("extra")
                .fields()
                .forEach((key, values) ->
                        extra.put(
                                key, values instanceof Json.Arr(var all) ? texts(all) : List.of()));
        return new User(
                user.text("username"),
                user.text("uid"),
                texts(user.items("groups")),
                Map.copyOf(extra));
    }

    private static List<String> texts(List<Json> items) {
        var texts = new ArrayList<String>();
        for (var item : items) {
            if (item instanceof Json.Str(var text)) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }
}

package io.coxswain.apiserver.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authentication.TokenAuthenticator;
import io.coxswain.apiserver.authentication.WebhookTokens;
import io.coxswain.apiserver.authorization.Authorizer.Allowed;
import io.coxswain.apiserver.authorization.Authorizer.Denied;
import io.coxswain.apiserver.authorization.Authorizer.NoOpinion;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.apiserver.config.StandInServer;
import io.coxswain.base.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Asking another server about tokens and rights: a server of this test, which may lie.
class WebhookAuthorizerTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final StandInServer server = new StandInServer();

    @TempDir Path directory;
    private Path kubeconfig = Path.of("");

    @BeforeEach
    void write() {
        kubeconfig = server.kubeconfig(directory);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String configuration(String webhook) {
        return """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthorizationConfiguration
        authorizers:
        - type: Webhook
          name: w
          webhook:
            timeout: 3s
            authorizedTTL: 5m
            unauthorizedTTL: 30s
            subjectAccessReviewVersion: v1
            connectionInfo: {type: KubeConfigFile, kubeConfigFile: "%s"}
        %s
        - {type: AlwaysDeny, name: never}
        """
                .formatted(kubeconfig, webhook.indent(4).stripTrailing());
    }

    private Authorizers authorizers(String webhook) {
        var read = Authorizers.parse(configuration(webhook));
        Authorizer none = request -> new NoOpinion("");
        return new Authorizers(() -> read, none, none, clock);
    }

    private static Attributes question(String name) {
        var user = User.of("bob", "devs");
        return new Attributes(user, "list", "apps", "prod", "deployments", "scale", name, "")
                .selecting("metadata.name=a", "app in (x,y),!z")
                .in("v1");
    }

    @Test
    void theQuestionIsAReviewAndTheAnswerIsRemembered() {
        server.answers("{\"status\":{\"allowed\":true,\"reason\":\"of course\"}}");
        try (var authorizers = authorizers("failurePolicy: Deny")) {
            assertThat(authorizers.authorize(question("a"))).isEqualTo(new Allowed("of course"));
            authorizers.authorize(question("a"));
            assertThat(server.asked()).hasSize(1);
            authorizers.authorize(question("b"));
            clock.advance(Duration.ofMinutes(6));
            authorizers.authorize(question("a"));
            assertThat(server.asked()).hasSize(3);
        }
        var review = server.asked().getFirst();
        assertThat(review.text("apiVersion")).isEqualTo("authorization.k8s.io/v1");
        var spec = review.object("spec");
        assertThat(spec.text("user")).isEqualTo("bob");
        assertThat(spec.items("groups")).containsExactly(Json.of("devs"));
        var resource = spec.object("resourceAttributes");
        assertThat(resource.text("group")).isEqualTo("apps");
        assertThat(resource.text("version")).isEqualTo("v1");
        assertThat(resource.text("subresource")).isEqualTo("scale");
        var fields = resource.object("fieldSelector").items("requirements");
        assertThat(fields.getFirst().toString()).contains("metadata.name").contains("In");
        assertThat(resource.object("labelSelector").items("requirements")).hasSize(2);
    }

    @Test
    void aNoIsRememberedForLess() {
        server.answers("{\"status\":{\"allowed\":false,\"denied\":true,\"reason\":\"no\"}}");
        try (var authorizers = authorizers("failurePolicy: NoOpinion")) {
            assertThat(authorizers.authorize(question("a"))).isEqualTo(new Denied("no"));
            clock.advance(Duration.ofSeconds(31));
            authorizers.authorize(question("a"));
        }
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void anAnswerThatMakesNoSenseLetsNobodyIn() {
        for (var nonsense :
                List.of(
                        "<html>",
                        "[]",
                        "{}",
                        "{\"status\":{\"allowed\":\"yes\"}}",
                        "{\"status\":{\"allowed\":true,\"denied\":true}}")) {
            server.answers(nonsense);
            try (var authorizers = authorizers("failurePolicy: Deny")) {
                assertThat(authorizers.authorize(question(nonsense)))
                        .isNotInstanceOf(Allowed.class);
            }
        }
    }

    @Test
    void oneThatIsDownDeniesOrIsPassedByAsConfigured() {
        server.answers(500, "{}");
        try (var denies = authorizers("failurePolicy: Deny");
                var passes = authorizers("failurePolicy: NoOpinion")) {
            assertThat(denies.authorize(question("a")))
                    .isInstanceOfSatisfying(
                            Denied.class, denied -> assertThat(denied.error()).contains("500"));
            assertThat(server.asked()).hasSize(5);
            assertThat(passes.authorize(question("a")))
                    .isInstanceOfSatisfying(
                            NoOpinion.class,
                            passed -> {
                                assertThat(passed.reason()).isEqualTo("Everything is forbidden.");
                                assertThat(passed.error()).contains("500");
                            });
        }
    }

    @Test
    void conditionsDecideWhetherItIsAsked() {
        server.answers("{\"status\":{\"allowed\":true}}");
        var conditions =
                "failurePolicy: Deny\nmatchConditionSubjectAccessReviewVersion: v1\n"
                        + "matchConditions:\n"
                        + "- expression: has(request.resourceAttributes)\n"
                        + "- expression: request.resourceAttributes.namespace == 'prod'\n";
        try (var authorizers = authorizers(conditions)) {
            var path = new Attributes(User.of("bob"), "get", "", "", "", "", "", "/x");
            assertThat(authorizers.authorize(path)).isInstanceOf(NoOpinion.class);
            assertThat(server.asked()).isEmpty();
            assertThat(authorizers.authorize(question("a"))).isInstanceOf(Allowed.class);
        }
        var broken =
                conditions.replace("has(request.resourceAttributes)", "request.groups[7] == ''");
        try (var authorizers = authorizers(broken)) {
            assertThat(authorizers.authorize(question("a"))).isInstanceOf(Denied.class);
        }
    }

    private void refuses(String webhook, String why) {
        assertThatThrownBy(() -> Authorizers.parse(configuration(webhook)))
                .hasMessageContaining(why);
    }

    @Test
    void aConfigurationThatIsWrongIsRefused() {
        refuses("", "failurePolicy: Required value");
        refuses("failurePolicy: Maybe", "failurePolicy: Unsupported value");
        refuses(
                "failurePolicy: Deny\nmatchConditions: [{expression: 'true'}]",
                "required if match");
        refuses(
                "failurePolicy: Deny\nmatchConditionSubjectAccessReviewVersion: v1\n"
                        + "matchConditions: [{expression: request.colour}]",
                "compilation failed");
        refuses("failurePolicy: Deny\ncolour: red", "unknown field");
        assertThatThrownBy(() ->
                        Authorizers.parse(
                                configuration("failurePolicy: Deny")
                                        .replace("timeout: 3s", "timeout: 3h")))
                .hasMessageContaining("must be <= 30s");
        assertThatThrownBy(() ->
                        Authorizers.parse(
                                configuration("failurePolicy: Deny")
                                        .replace("name: never", "name: w")))
                .hasMessageContaining("Duplicate value: \"w\"");
    }

    @Test
    void aTokenIsReviewedElsewhere() {
        server.answers(
                "{\"kind\":\"TokenReview\",\"status\":{\"authenticated\":true,"
                        + "\"user\":{\"username\":"
                        + "\"ada\",\"groups\":[\"g\"],\"extra\":{\"k\":[\"v\"]}},"
                        + "\"audiences\":[\"here\"]}}");
        try (var remote = KubeconfigServer.read(kubeconfig, Duration.ofSeconds(3))) {
            var tokens = new WebhookTokens(remote, "v1", List.of("here"), clock);
            assertThat(tokens.verify("t", List.of()))
                    .isInstanceOfSatisfying(
                            TokenAuthenticator.Accepted.class,
                            yes -> assertThat(yes.user().extra()).containsKey("k"));
            assertThat(server.asked().getFirst().object("spec").text("token")).isEqualTo("t");
            assertThat(tokens.verify("t", List.of("there")))
                    .isInstanceOf(TokenAuthenticator.Unknown.class);
            server.answers(
                    "{\"kind\":\"TokenReview\","
                            + "\"status\":{\"authenticated\":false,\"error\":\"no\"}}");
            assertThat(tokens.verify("t", List.of()))
                    .isEqualTo(new TokenAuthenticator.Refused("no"));
            server.answers("{\"kind\":\"Pod\",\"status\":{\"authenticated\":true}}");
            assertThat(tokens.verify("t", List.of()))
                    .isInstanceOf(TokenAuthenticator.Unknown.class);
            server.answers(503, "{}");
            assertThat(tokens.verify("t", List.of()))
                    .isInstanceOf(TokenAuthenticator.Refused.class);
        }
    }
}

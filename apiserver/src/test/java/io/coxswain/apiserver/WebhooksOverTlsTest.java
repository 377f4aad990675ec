package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.apiserver.TlsBackend.Asked;
import io.coxswain.apiserver.TlsBackend.Reply;
import io.coxswain.base.Clock;
import io.coxswain.base.tls.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Admission webhooks as they are: over TLS, from another make of server, well-behaved or not.
@Timeout(20)
class WebhooksOverTlsTest {

    private static final String HOOKS = "/apis/admissionregistration.k8s.io/v1/";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
        server.close();
    }

    private TlsBackend backend(Function<Asked, Reply> behaviour) {
        var backend = new TlsBackend(behaviour);
        open.add(backend);
        return backend;
    }

    private void register(String kind, String name, TlsBackend backend, String rest) {
        register(kind, name, backend, TlsBackend.authority(), rest);
    }

    private void register(
            String kind, String name, TlsBackend backend, String authority, String rest) {
        var answer =
                admin.post(
                        HOOKS + kind + "webhookconfigurations",
                        "{metadata: {name: "
                                + name
                                + "}, webhooks: [{name: "
                                + name
                                + ".example.com, sideEffects: None, admissionReviewVersions: [v1],"
                                + " timeoutSeconds: 5, clientConfig: {url: '"
                                + backend.url("/" + name)
                                + "', caBundle: "
                                + authority
                                + "}, rules: [{apiGroups: [''], apiVersions: [v1], resources:"
                                + " [configmaps], operations: ['*']}]"
                                + rest
                                + "}]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private Answer create(String name) {
        return admin.post(MAPS, "{metadata: {name: " + name + "}, data: {k: v}}");
    }

    private static Reply allow(Asked asked) {
        return TlsBackend.review(asked, "{allowed: true}");
    }

    @Test
    void aHookSeesTheWholeRequestAndItsWordsReachTheCaller() {
        var hook =
                backend(asked ->
                        TlsBackend.review(
                                asked,
                                "{allowed: false, warnings: [mind the gap], status: {code: 409,"
                                        + " message: not today}}"));
        register("validating", "strict", hook, "");

        var refused = create("a");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message())
                .isEqualTo(
                        "admission webhook \"strict.example.com\" denied the request: not today");
        assertThat(refused.warnings()).containsExactly("299 - \"mind the gap\"");
        var asked = hook.asked.getFirst();
        assertThat(asked.path()).isEqualTo("/strict");
        assertThat(asked.query()).isEqualTo("timeout=5s");
        assertThat(asked.request().text("operation")).isEqualTo("CREATE");
        assertThat(asked.request().text("namespace")).isEqualTo("default");
        assertThat(Trees.at(asked.request(), "userInfo", "username")).isEqualTo("admin");
        assertThat(Trees.at(asked.request(), "object", "data", "k")).isEqualTo("v");
        assertThat(Trees.at(asked.request(), "resource", "resource")).isEqualTo("configmaps");
    }

    @Test
    void mutatingHooksRunInTheOrderOfTheirNamesAndAgainWhenALaterOneHasChangedTheObject() {
        var hooks =
                backend(asked ->
                        asked.path().equals("/b-second")
                                ? TlsBackend.patch(
                                        asked, "[{op: add, path: /data/second, value: b}]")
                                : TlsBackend.patch(
                                        asked,
                                        "[{op: add, path: /data/first, value: '"
                                                + (asked.json().toString().contains("second")
                                                        ? "again"
                                                        : "once")
                                                + "'}]"));
        register("mutating", "b-second", hooks, "");
        register("mutating", "a-first", hooks, ", reinvocationPolicy: IfNeeded");

        var created = create("a");

        assertThat(created.at("data", "first")).isEqualTo("again");
        assertThat(created.at("data", "second")).isEqualTo("b");
        assertThat(hooks.asked.stream().map(Asked::path))
                .containsExactly("/a-first", "/b-second", "/a-first");
    }

    @Test
    void validatingHooksSeeWhatMutatingOnesHaveMade() {
        var hooks =
                backend(asked ->
                        asked.path().equals("/m")
                                ? TlsBackend.patch(asked, "[{op: add, path: /data/x, value: z}]")
                                : allow(asked));
        register("mutating", "m", hooks, "");
        register("validating", "v", hooks, "");

        create("a");

        assertThat(Trees.at(hooks.asked.getLast().request(), "object", "data", "x")).isEqualTo("z");
    }

    @Test
    void aPatchCannotForgeWhatIsTheServersOwn() {
        var evil =
                backend(asked ->
                        TlsBackend.patch(
                                asked,
                                "[{op: replace, path: /metadata/uid, value: forged},"
                                        + " {op: replace, path: /metadata/creationTimestamp, value:"
                                        + " '1999-01-01T00:00:00Z'}]"));
        register("mutating", "m", evil, "");

        var created = create("a");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("metadata", "uid")).isNotEqualTo("forged");
        assertThat(created.at("metadata", "creationTimestamp")).startsWith("2026");
    }

    @Test
    void aPatchCannotMoveAnObjectToAnotherNamespace() {
        var evil =
                backend(asked ->
                        TlsBackend.patch(
                                asked,
                                "[{op: replace, path: /metadata/namespace, value: kube-system}]"));
        register("mutating", "m", evil, "");

        assertThat(create("a").message())
                .isEqualTo(
                        "the namespace of the provided object does not match the namespace sent on"
                                + " the request");
        assertThat(admin.get("/api/v1/namespaces/kube-system/configmaps/a").status())
                .isEqualTo(404);
    }

    @Test
    void anUpdateCannotChangeTheIdentityOfAnObjectByAPatch() {
        create("a");
        var evil =
                backend(asked ->
                        TlsBackend.patch(
                                asked, "[{op: replace, path: /metadata/uid, value: forged}]"));
        register("mutating", "m", evil, "");

        var refused = admin.merge(MAPS + "/a", "{data: {k: w}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message()).contains("metadata.uid").contains("field is immutable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    200|application/json|not json|failed to call webhook: couldn't get version/kind; json parse error
                    200|text/html|<html>|failed to call webhook: serializer for text/html doesn't exist
                    200|application/json|{}|received invalid webhook response: expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got
                    200|application/json|{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}|received invalid webhook response: webhook response was absent
                    200|application/json|{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"other","allowed":true}}|received invalid webhook response: expected response.uid=
                    500|text/plain|boom|failed to call webhook: an error on the server ("boom") has prevented the request from succeeding
                    404|text/plain|gone|failed to call webhook: the server could not find the requested resource
                    503|text/plain|busy|failed to call webhook: the server is currently unable to handle the request
                    """)
    void anAnswerThatMakesNoSenseLetsNothingIn(int status, String type, String body, String why) {
        var hook =
                backend(asked ->
                        new Reply(
                                status,
                                Map.of("Content-Type", type),
                                body.getBytes(StandardCharsets.UTF_8)));
        register("validating", "v", hook, "");

        var refused = create("a");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.message())
                .startsWith(
                        "Internal error occurred: failed calling webhook \"v.example.com\": "
                                + why);
        assertThat(admin.get(MAPS + "/a").status()).isEqualTo(404);
    }

    /// CVE-2020-8561, CVE-2022-3172: whoever is configured cannot have this server ask others.
    @Test
    void redirectsAreNotFollowed() {
        var elsewhere = backend(WebhooksOverTlsTest::allow);
        var hook =
                backend(asked ->
                        new Reply(307, Map.of("Location", elsewhere.url("/secret")), new byte[0]));
        register("validating", "v", hook, "");

        assertThat(create("a").message()).endsWith("redirects are not followed");
        assertThat(elsewhere.asked).isEmpty();
    }

    @Test
    void aServerThatAnotherAuthorityVouchesForIsNotAsked() {
        var stranger = CertificateAuthority.create("backends", Clock.SYSTEM, Duration.ofDays(1));
        var hook = backend(WebhooksOverTlsTest::allow);
        register("validating", "v", hook, TlsBackend.base64(stranger), "");

        assertThat(create("a").message())
                .endsWith(
                        "tls: failed to verify certificate: x509: certificate signed by unknown"
                                + " authority");
        assertThat(hook.asked).isEmpty();
    }

    @Test
    void aHookThatHangsIsWaitedForNoLongerThanItsTimeout() throws InterruptedException {
        var done = new CountDownLatch(1);
        var hook =
                backend(asked -> {
                    await(done);
                    return allow(asked);
                });
        register("validating", "v", hook, ", timeoutSeconds: 1");

        assertThat(create("a").message()).endsWith("/v?timeout=1s\": context deadline exceeded");
        done.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aHookThatMayFailLetsItsRequestsThrough() {
        var hook = backend(asked -> Reply.text(500, "boom"));
        register("validating", "v", hook, ", failurePolicy: Ignore");
        register("mutating", "m", hook, ", failurePolicy: Ignore");

        assertThat(create("a").status()).isEqualTo(201);
        assertThat(hook.asked).hasSize(2);
    }

    @Test
    void aDryRunIsNotShownToAHookWithSideEffects() {
        var hook = backend(WebhooksOverTlsTest::allow);
        register("validating", "v", hook, ", sideEffects: NoneOnDryRun");

        var answer = admin.post(MAPS + "?dryRun=All", "{metadata: {name: a}}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(Trees.at(hook.asked.getFirst().request(), "dryRun")).isEqualTo("true");
    }

    @Test
    void validatingHooksMayNotPatch() {
        var hook = backend(asked -> TlsBackend.patch(asked, "[]"));
        register("validating", "v", hook, "");

        assertThat(create("a").message())
                .endsWith("validating webhook may not return response.patch");
    }

    @Test
    void aPatchThatDoesNotApplyIsAnError() {
        var hook = backend(asked -> TlsBackend.patch(asked, "[{op: remove, path: /nothing}]"));
        register("mutating", "m", hook, "");

        assertThat(create("a").status()).isEqualTo(500);
    }

    /// CVE-2021-25735 and others: what a hook is shown as the old object is what is stored.
    @Test
    void anUpdateAndADeletionShowWhatIsStored() {
        create("a");
        var hook = backend(WebhooksOverTlsTest::allow);
        register("validating", "v", hook, "");

        admin.merge(MAPS + "/a", "{data: {k: w}}");
        admin.delete(MAPS + "/a");

        var update = hook.asked.getFirst().request();
        assertThat(Trees.at(update, "oldObject", "data", "k")).isEqualTo("v");
        assertThat(Trees.at(update, "object", "data", "k")).isEqualTo("w");
        var deletion = hook.asked.getLast().request();
        assertThat(deletion.text("operation")).isEqualTo("DELETE");
        assertThat(Trees.at(deletion, "oldObject", "data", "k")).isEqualTo("w");
    }

    @Test
    void connectionsAreKeptButNotSharedBetweenAuthorities() {
        var hook = backend(WebhooksOverTlsTest::allow);
        register("validating", "v", hook, "");
        create("a");
        create("b");
        admin.delete(HOOKS + "validatingwebhookconfigurations/v");
        var stranger = CertificateAuthority.create("x", Clock.SYSTEM, Duration.ofDays(1));
        register("validating", "v", hook, TlsBackend.base64(stranger), "");

        assertThat(create("c").status()).isEqualTo(500);
        assertThat(hook.asked).hasSize(2);
    }

    @Test
    void whoConnectsToAPodIsShownToHooksWithWhatTheyWantToRun() {
        admin.post(
                "/api/v1/namespaces/default/pods",
                "{metadata: {name: a}, spec: {nodeName: n, containers: [{name: c, image: i}]}}");
        var hook = backend(asked -> TlsBackend.review(asked, "{allowed: false}"));
        register("validating", "v", hook, "", "pods/exec", "CONNECT");

        var refused =
                admin.send(
                        "POST",
                        "/api/v1/namespaces/default/pods/a/exec?command=sh&command=-c&tty=true");

        assertThat(refused.status()).isEqualTo(403);
        var request = hook.asked.getFirst().request();
        assertThat(request.text("operation")).isEqualTo("CONNECT");
        assertThat(request.text("subResource")).isEqualTo("exec");
        assertThat(Trees.at(request, "kind", "kind")).isEqualTo("PodExecOptions");
        assertThat(Trees.at(request, "object", "command", "1")).isEqualTo("-c");
        assertThat(Trees.at(request, "object", "tty")).isEqualTo("true");
    }

    private void register(
            String kind,
            String name,
            TlsBackend backend,
            String rest,
            String resource,
            String operation) {
        var answer =
                admin.post(
                        HOOKS + kind + "webhookconfigurations",
                        "{metadata: {name: "
                                + name
                                + "}, webhooks: [{name: "
                                + name
                                + ".example.com, sideEffects: None, admissionReviewVersions: [v1],"
                                + " clientConfig: {url: '"
                                + backend.url("/" + name)
                                + "', caBundle: "
                                + TlsBackend.authority()
                                + "}, rules: [{apiGroups: [''], apiVersions: [v1], resources: ["
                                + resource
                                + "], operations: ["
                                + operation
                                + "]}]"
                                + rest
                                + "}]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }
}

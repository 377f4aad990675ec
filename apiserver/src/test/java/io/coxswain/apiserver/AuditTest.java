package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.audit.Audit;
import io.coxswain.apiserver.audit.AuditEvent;
import io.coxswain.apiserver.audit.AuditSink;
import io.coxswain.apiserver.audit.PolicyFile;
import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is written down about requests.
class AuditTest {

    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String HEAD = "{apiVersion: audit.k8s.io/v1, kind: Policy, ";

    private final List<Json.Obj> events = new CopyOnWriteArrayList<>();
    private @Nullable TestServer server;
    private boolean broken;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private TestServer server(String policy) {
        var sink =
                new AuditSink() {
                    @Override
                    public boolean accept(List<AuditEvent> some) {
                        some.forEach(event -> events.add(event.toJson()));
                        return !broken;
                    }

                    @Override
                    public void close() {}
                };
        var audit = new Audit(PolicyFile.parse(HEAD + policy + "}"), sink, Clock.SYSTEM);
        var made =
                new TestServer(
                        true,
                        configuration ->
                                configuration.withSecurity(
                                        new Security(
                                                audit,
                                                Security.STANDARD.identification(),
                                                Security.STANDARD.serviceAccounts(),
                                                Security.STANDARD.authorization(),
                                                List.of(audit::write))));
        server = made;
        events.clear();
        return made;
    }

    private static String at(Json tree, String... path) {
        return Trees.at(tree, path);
    }

    @Test
    void aRequestLeavesTwoEventsOfOneNumber() {
        var admin = server("rules: [{level: Metadata}]").remote("letmein");

        var answer = admin.with("User-Agent", "tests").get("/api/v1/namespaces?limit=1");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(events).hasSize(2);
        var done = events.getLast();
        assertThat(at(events.getFirst(), "stage")).isEqualTo("RequestReceived");
        assertThat(at(done, "stage")).isEqualTo("ResponseComplete");
        assertThat(at(done, "auditID"))
                .isEqualTo(at(events.getFirst(), "auditID"))
                .isEqualTo(answer.headers().first("audit-id"));
        assertThat(at(done, "requestURI")).isEqualTo("/api/v1/namespaces?limit=1");
        assertThat(at(done, "verb")).isEqualTo("list");
        assertThat(at(done, "user", "username")).isEqualTo("alice");
        assertThat(at(done, "user", "groups", "2")).isEqualTo("system:authenticated");
        assertThat(at(done, "sourceIPs", "0")).isEqualTo("127.0.0.1");
        assertThat(at(done, "userAgent")).isEqualTo("tests");
        assertThat(at(done, "objectRef", "resource")).isEqualTo("namespaces");
        assertThat(at(done, "responseStatus", "code")).isEqualTo("403");
        assertThat(at(done, "responseStatus", "reason")).isEqualTo("Forbidden");
        assertThat(at(done, "annotations", "authorization.k8s.io/decision")).isEqualTo("forbid");
    }

    @Test
    void aClientMayBringItsOwnNumber() {
        var caller = server("rules: [{level: Metadata}]").stranger();

        var answer = caller.with("Audit-ID", "x".repeat(100)).get("/healthz");

        assertThat(answer.headers().first("audit-id")).isEqualTo("x".repeat(64));
        assertThat(at(events.getLast(), "auditID")).isEqualTo("x".repeat(64));
        assertThat(at(events.getLast(), "annotations", "authorization.k8s.io/reason"))
                .contains("system:public-info-viewer");
    }

    @Test
    void metadataShowsNothingOfTheObject() {
        var admin = server("rules: [{level: Metadata}]").admin();

        admin.post(SECRETS, "{metadata: {name: s}, stringData: {password: hush}}");
        admin.get(SECRETS + "/s");

        assertThat(events).hasSize(4);
        assertThat(at(events.get(1), "objectRef", "name")).isEqualTo("s");
        assertThat(events.toString()).doesNotContain("hush").doesNotContain("aHVzaA");
        assertThat(events).noneMatch(event -> event.get("requestObject") != null);
        assertThat(events).noneMatch(event -> event.get("responseObject") != null);
    }

    @Test
    void bodiesAreShownWhereThePolicySaysSo() {
        var admin =
                server(
                                "omitStages: [RequestReceived], omitManagedFields: true, rules:"
                                        + " [{level: Request, verbs: [create]},"
                                        + " {level: RequestResponse}]")
                        .admin();

        admin.post(SECRETS, "{metadata: {name: s}, stringData: {password: hush}}");
        admin.merge(SECRETS + "/s", "{metadata: {labels: {a: b}}}");
        admin.get(SECRETS);

        assertThat(events).hasSize(3);
        assertThat(at(events.getFirst(), "requestObject", "stringData", "password"))
                .isEqualTo("hush");
        assertThat(events.getFirst().get("responseObject")).isNull();
        assertThat(at(events.get(1), "requestObject", "metadata", "labels", "a")).isEqualTo("b");
        assertThat(at(events.get(1), "responseObject", "metadata", "name")).isEqualTo("s");
        assertThat(at(events.get(2), "responseObject", "items", "0", "metadata", "name"))
                .isEqualTo("s");
        assertThat(events.toString()).doesNotContain("managedFields");
    }

    @Test
    void theFirstRuleThatIsAboutARequestDecides() {
        var admin =
                server(
                                "omitStages: [RequestReceived], rules: [{level: None, users:"
                                        + " [admin], verbs: [get]}, {level: None,"
                                        + " nonResourceURLs: ['/healthz*']}, {level: Metadata,"
                                        + " resources: [{group: '', resources: [secrets/*,"
                                        + " configmaps], resourceNames: [s]}], namespaces:"
                                        + " [default]}]")
                        .admin();

        admin.get(SECRETS + "/s");
        admin.get("/healthz");
        admin.delete(SECRETS + "/other");
        assertThat(events).isEmpty();
        admin.delete(SECRETS + "/s");
        assertThat(events).hasSize(1);
        admin.delete("/api/v1/namespaces/kube-system/secrets/s");
        assertThat(events).hasSize(1);
    }

    @Test
    void aWatchIsWrittenDownWhenItBeginsAndWhenItEnds() {
        var admin = server("rules: [{level: RequestResponse}]").admin();

        var watch = admin.watch(SECRETS + "?watch=1");
        assertThat(events.stream().map(event -> at(event, "stage")))
                .containsExactly("RequestReceived", "ResponseStarted");
        assertThat(watch.events()).isEmpty();
        watch.close();

        assertThat(events).hasSize(3);
        assertThat(at(events.getLast(), "stage")).isEqualTo("ResponseComplete");
        assertThat(at(events.getLast(), "responseStatus", "code")).isEqualTo("200");
    }

    @Test
    void whoActsAsSomebodyElseIsNamedToo() {
        var admin = server("rules: [{level: Metadata}]").admin();

        admin.with("Impersonate-User", "bob").get(SECRETS);

        assertThat(at(events.getLast(), "user", "username")).isEqualTo("admin");
        assertThat(at(events.getLast(), "impersonatedUser", "username")).isEqualTo("bob");
    }

    @Test
    void aCredentialThatIsNoGoodIsWrittenDownWithoutAUser() {
        var made = server("rules: [{level: Metadata}]");

        assertThat(made.bearer("wrong").get(SECRETS).status()).isEqualTo(401);

        assertThat(events).hasSize(1);
        assertThat(at(events.getFirst(), "responseStatus", "code")).isEqualTo("401");
        assertThat(at(events.getFirst(), "responseStatus", "message"))
                .isEqualTo("Authentication failed, attempted: bearer");
        assertThat(events.toString()).doesNotContain("wrong");
    }

    @Test
    void whatCannotBeWrittenDownIsNotDone() {
        var admin = server("rules: [{level: Metadata}]").admin();
        broken = true;

        assertThat(admin.delete(SECRETS + "/s").status()).isEqualTo(500);
    }

    @Test
    void withoutAPolicyThereIsANumberAllTheSame() {
        try (var plain = new TestServer()) {
            assertThat(plain.stranger().get("/healthz").headers().first("audit-id")).hasSize(36);
            assertThat(plain.admin().get("/healthz").headers().first("audit-id")).isNull();
        }
    }

    private String annotation(String key) {
        return at(events.getLast(), "annotations", key);
    }

    @Test
    void whoAsksForWhatIsGoingAwayIsNoted() {
        var server = server("rules: [{level: Metadata}]");

        server.admin().get("/api/v1/componentstatuses");
        assertThat(annotation("k8s.io/deprecated")).isEqualTo("true");
        server.admin().get("/api/v1/pods");
        assertThat(annotation("k8s.io/deprecated")).isEmpty();
    }

    /// A pod whose program never reads its token again works for a year, and is noticed.
    @Test
    void aMountedTokenThatShouldHaveBeenReplacedIsNoted() {
        var server = server("rules: [{level: Metadata}]");
        var admin = server.admin();
        admin.post(
                "/api/v1/namespaces/default/pods",
                "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");
        var answer =
                admin.post(
                        "/api/v1/namespaces/default/serviceaccounts/default/token",
                        "{spec: {expirationSeconds: 3607, boundObjectRef: {apiVersion: v1, kind:"
                                + " Pod, name: p}}}");
        assertThat(answer.at("status", "expirationTimestamp")).isEqualTo("2026-01-01T01:00:07Z");
        assertThat(annotation("authentication.kubernetes.io/issued-credential-id"))
                .startsWith("JTI=");
        var pod = server.bearer(answer.at("status", "token"));

        assertThat(pod.get("/api").status()).isEqualTo(200);
        assertThat(annotation("authentication.k8s.io/stale-token")).isEmpty();
        server.clock.advance(Duration.ofSeconds(3610));
        assertThat(pod.get("/api").status()).isEqualTo(200);
        assertThat(annotation("authentication.k8s.io/stale-token"))
                .isEqualTo(
                        "subject: system:serviceaccount:default:default, seconds after warning"
                                + " threshold: 3");
        server.clock.advance(Duration.ofDays(366));
        assertThat(pod.get("/api").status()).isEqualTo(401);
    }
}

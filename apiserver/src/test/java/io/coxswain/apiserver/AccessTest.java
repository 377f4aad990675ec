package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final String DEFAULT = "/api/v1/namespaces/default";
    private static final String PODS = DEFAULT + "/pods";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whoMayNotLookLearnsNothingAboutWhatExists() {
        var bob = server.as("bob", User.AUTHENTICATED);

        var missing = bob.get(PODS + "/none");
        var unknown = bob.get("/api/v1/widgets");

        assertThat(missing.status()).isEqualTo(403);
        assertThat(missing.message())
                .isEqualTo(
                        "pods \"none\" is forbidden: User \"bob\" cannot get resource \"pods\" in"
                                + " API group \"\" in the namespace \"default\"");
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(bob.get("/metrics").message())
                .isEqualTo("forbidden: User \"bob\" cannot get path \"/metrics\"");
    }

    @Test
    void aRoleLetsItsSubjectsIn() {
        admin.post(
                RBAC + "/namespaces/default/roles",
                "{metadata: {name: reader}, rules: [{apiGroups: [\"\"], resources: [pods],"
                        + " verbs: [get, list]}]}");
        admin.post(
                RBAC + "/namespaces/default/rolebindings",
                "{metadata: {name: bob}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role,"
                        + " name: reader}, subjects: [{apiGroup: rbac.authorization.k8s.io,"
                        + " kind: User, name: bob}]}");
        var bob = server.as("bob", User.AUTHENTICATED);

        assertThat(bob.get(PODS).status()).isEqualTo(200);
        assertThat(bob.get("/api/v1/pods").status()).isEqualTo(403);
        assertThat(bob.get("/api/v1/namespaces/kube-system/pods").status()).isEqualTo(403);
        assertThat(bob.delete(PODS + "/x").status()).isEqualTo(403);
        assertThat(bob.get(PODS + "/x/log").status()).isEqualTo(403);
        admin.delete(RBAC + "/namespaces/default/rolebindings/bob");
        assertThat(bob.get(PODS).status()).isEqualTo(403);
    }

    @Test
    void strangersAreAnonymousOrRefused() {
        var anonymous = server.stranger();

        assertThat(anonymous.get("/healthz").status()).isEqualTo(200);
        assertThat(anonymous.get(PODS).message())
                .startsWith("pods is forbidden: User \"system:anonymous\" cannot list resource");
        assertThat(server.bearer("wrong").get("/healthz").status()).isEqualTo(401);
        try (var closed = new TestServer(false)) {
            var refused = closed.stranger().get("/healthz");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.at("reason")).isEqualTo("Unauthorized");
        }
    }

    @Test
    void aStaticTokenNamesItsUser() {
        var self =
                server.bearer("letmein")
                        .post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");

        assertThat(self.status()).isEqualTo(201);
        assertThat(self.at("status", "userInfo", "username")).isEqualTo("alice");
        assertThat(self.at("status", "userInfo", "uid")).isEqualTo("7");
        assertThat(self.at("status", "userInfo", "groups"))
                .isEqualTo("[\"devs\",\"ops\",\"system:authenticated\"]");
    }

    @Test
    void anAccountsTokenIsGoodUntilItExpires() {
        var token = token("{spec: {expirationSeconds: 600}}");

        assertThat(server.bearer(token).get("/api").status()).isEqualTo(200);
        assertThat(whoami(token)).isEqualTo("system:serviceaccount:default:default");
        server.clock.advance(Duration.ofSeconds(601));
        assertThat(server.bearer(token).get("/api").status()).isEqualTo(401);
    }

    @Test
    void aTokenForOthersIsNotGoodHere() {
        var token = token("{spec: {audiences: [vault]}}");

        assertThat(server.bearer(token).get("/api").status()).isEqualTo(401);
    }

    @Test
    void aTokenDiesWithItsPod() {
        admin.post(PODS, "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");
        var token = token("{spec: {boundObjectRef: {apiVersion: v1, kind: Pod, name: p}}}");

        assertThat(server.bearer(token).get("/api").status()).isEqualTo(200);
        admin.delete(PODS + "/p");
        assertThat(server.bearer(token).get("/api").status()).isEqualTo(401);
    }

    @Test
    void aTokenDiesWithItsAccount() {
        var token = token("{}");

        admin.delete(DEFAULT + "/serviceaccounts/default");
        admin.post(DEFAULT + "/serviceaccounts", "{metadata: {name: default}}");

        assertThat(server.bearer(token).get("/api").status()).isEqualTo(401);
    }

    @Test
    void aTokenSomebodyChangedIsNotGood() {
        var token = token("{}");
        var parts = token.split("\\.");

        assertThat(server.bearer(parts[0] + "." + parts[1] + ".").get("/api").status())
                .isEqualTo(401);
        assertThat(server.bearer("eyJhbGciOiJub25lIn0." + parts[1] + ".").get("/api").status())
                .isEqualTo(401);
        assertThat(server.bearer("a.b.c").get("/api").status()).isEqualTo(401);
        assertThat(server.bearer("..").get("/api").status()).isEqualTo(401);
    }

    @Test
    void aTokenLastsAtLeastTenMinutes() {
        var refused =
                admin.post(
                        DEFAULT + "/serviceaccounts/default/token",
                        "{spec: {expirationSeconds: 5}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message()).contains("may not specify a duration less than 10 minutes");
    }

    @Test
    void impersonationNeedsPermissionForEveryPart() {
        var asBob = admin.with("Impersonate-User", "bob");

        assertThat(asBob.get(PODS).status()).isEqualTo(403);
        assertThat(asBob.with("Impersonate-Group", User.MASTERS).get(PODS).status()).isEqualTo(200);
        var eve = server.as("eve", User.AUTHENTICATED).with("Impersonate-User", "bob");
        assertThat(eve.get(PODS).message())
                .isEqualTo(
                        "users \"bob\" is forbidden: User \"eve\" cannot impersonate resource"
                                + " \"users\" in API group \"\" at the cluster scope");
    }

    @Test
    void aNodeSeesWhatItsPodsNeedAndNoMore() {
        admin.post(DEFAULT + "/secrets", "{metadata: {name: mine}}");
        admin.post(DEFAULT + "/secrets", "{metadata: {name: other}}");
        admin.post(
                PODS,
                "{metadata: {name: p}, spec: {nodeName: n1, containers: [{name: c, image: i}],"
                        + " volumes: [{name: v, secret: {secretName: mine}}]}}");
        var node = server.as("system:node:n1", "system:nodes", User.AUTHENTICATED);

        assertThat(node.get(DEFAULT + "/secrets/mine").status()).isEqualTo(200);
        assertThat(node.get(DEFAULT + "/secrets/other").status()).isEqualTo(403);
        assertThat(node.get(DEFAULT + "/secrets").status()).isEqualTo(403);
        var stranger = server.as("system:node:n2", "system:nodes", User.AUTHENTICATED);
        assertThat(stranger.get(DEFAULT + "/secrets/mine").status()).isEqualTo(403);
    }

    @Test
    void reviewsAnswerWithoutStoring() {
        var review =
                admin.post(
                        "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                        "{spec: {user: bob, resourceAttributes: {verb: get, resource: pods}}}");

        assertThat(review.status()).isEqualTo(201);
        assertThat(review.at("status", "allowed")).isEqualTo("false");
        assertThat(admin.get("/apis/authorization.k8s.io/v1/subjectaccessreviews").status())
                .isEqualTo(405);
    }

    private String token(String request) {
        var answer = admin.post(DEFAULT + "/serviceaccounts/default/token", request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.at("status", "token");
    }

    private String whoami(String token) {
        return server.bearer(token)
                .post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}")
                .at("status", "userInfo", "username");
    }
}

package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A node gets tokens for the pods that run on it, and for nobody else.
class NodeTokenTest {

    private static final String DEFAULT = "/api/v1/namespaces/default";
    private static final String TOKEN = DEFAULT + "/serviceaccounts/default/token";
    private static final String HERE = "apiVersion: v1, kind: Pod, name: here";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();
    private final TestServer.Caller node =
            server.as("system:node:n1", "system:nodes", User.AUTHENTICATED);
    private String uid = "";

    @BeforeEach
    void start() {
        uid = pod("here", "n1").at("metadata", "uid");
        pod("there", "n2");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Answer pod(String name, String onNode) {
        return admin.post(
                DEFAULT + "/pods",
                "{metadata: {name: %s}, spec: {nodeName: %s, containers: [{name: c, image: i}], volumes: [{name: v, projected: {sources: [{serviceAccountToken: {audience: vault, path: t}}]}}, {name: d, csi: {driver: disks.example.com}}]}}"
                        .formatted(name, onNode));
    }

    private Answer ask(String reference, String audiences) {
        return node.post(
                TOKEN,
                "{spec: {audiences: [%s], boundObjectRef: {%s}}}".formatted(audiences, reference));
    }

    @Test
    void thePodOnItGetsOne() {
        assertThat(ask(HERE + ", uid: " + uid, "").status()).isEqualTo(201);
    }

    @Test
    void aPodElsewhereGetsNone() {
        var other = admin.get(DEFAULT + "/pods/there").at("metadata", "uid");

        var refused = ask("apiVersion: v1, kind: Pod, name: there, uid: " + other, "");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "serviceaccounts \"default\" is forbidden: node requested token bound to a pod scheduled on a different node");
    }

    @Test
    void aTokenOfItsOwnIsNoneOfItsBusiness() {
        for (var body :
                new String[] {
                    "{}", "{spec: {boundObjectRef: {apiVersion: v1, kind: Node, name: n1}}}"
                }) {
            var refused = node.post(TOKEN, body);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.message()).endsWith("node requested token not bound to a pod");
        }
        assertThat(ask(HERE, "").message())
                .endsWith("node requested token with a pod binding without a uid");
        assertThat(ask(HERE + ", uid: other", "").message())
                .contains("(other) does not match the UID in record");
        assertThat(ask("apiVersion: v1, kind: Pod, name: none, uid: x", "").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"'', 201", "vault, 201", "disks, 201", "bank, 403", "'vault, disks', 403"})
    void theAudienceIsOneThatAVolumeNames(String audiences, int status) {
        admin.post(
                "/apis/storage.k8s.io/v1/csidrivers",
                "{metadata: {name: disks.example.com}, spec: {tokenRequests: [{audience: disks}]}}");

        assertThat(ask(HERE + ", uid: " + uid, audiences).status()).isEqualTo(status);
    }

    @Test
    void anAudienceMayBeGrantedByARole() {
        var reference = HERE + ", uid: " + uid;
        assertThat(ask(reference, "bank").message())
                .endsWith(
                        "audience \"bank\" not found in pod spec volume, system:node:n1 is not authorized to request tokens for this audience");
        var rbac = "/apis/rbac.authorization.k8s.io/v1/";
        admin.post(
                rbac + "clusterroles",
                "{metadata: {name: bank}, rules: [{verbs: [request-serviceaccounts-token-audience], apiGroups: [''], resources: [bank], resourceNames: [default]}]}");
        admin.post(
                rbac + "clusterrolebindings",
                "{metadata: {name: bank}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bank}, subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: 'system:nodes'}]}");

        assertThat(ask(reference, "bank").status()).isEqualTo(201);
    }

    @Test
    void policiesSeeWhatIsAskedFor() {
        var policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
        admin.post(
                policies,
                "{metadata: {name: short}, spec: {matchConstraints: {resourceRules: [{operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [serviceaccounts/token]}]}, validations: [{expression: 'object.spec.expirationSeconds <= 1200 && request.kind.kind == \"TokenRequest\"', message: too long}]}}");
        admin.post(
                policies.replace("policies", "policybindings"),
                "{metadata: {name: short}, spec: {policyName: short, validationActions: [Deny]}}");

        assertThat(admin.post(TOKEN, "{spec: {expirationSeconds: 1200}}").status()).isEqualTo(201);
        assertThat(admin.post(TOKEN, "{spec: {expirationSeconds: 1201}}").message())
                .contains("too long");
    }
}

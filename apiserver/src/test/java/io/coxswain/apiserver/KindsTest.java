package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.SigningRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What single kinds do that no other does.
class KindsTest {

    private static final String DEFAULT = "/api/v1/namespaces/default";
    private static final String PODS = DEFAULT + "/pods";
    private static final String SERVICES = DEFAULT + "/services";
    private static final String REQUESTS =
            "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final String SCALERS_V1 =
            "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
    private static final String SCALERS_V2 =
            "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
    private static final String EVENTS = DEFAULT + "/events";
    private static final String EVENTS_OF_GROUP =
            "/apis/events.k8s.io/v1/namespaces/default/events";
    private static final String ADDRESSES = "/apis/networking.k8s.io/v1/ipaddresses";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anAutoscalerIsTheSameObjectInBothVersions() {
        admin.post(
                SCALERS_V1,
                "{metadata: {name: a}, spec: {scaleTargetRef: {kind: Deployment, name: d},"
                        + " maxReplicas: 3, targetCPUUtilizationPercentage: 44}}");

        var v2 = admin.get(SCALERS_V2 + "/a");
        admin.merge(SCALERS_V2 + "/a", "{spec: {maxReplicas: 5}}");

        assertThat(v2.at("apiVersion")).isEqualTo("autoscaling/v2");
        assertThat(v2.at("spec", "metrics", "0", "resource", "target", "averageUtilization"))
                .isEqualTo("44");
        assertThat(admin.get(SCALERS_V1 + "/a").at("spec", "maxReplicas")).isEqualTo("5");
        assertThat(admin.get(SCALERS_V1).names()).containsExactly("a");
        assertThat(admin.get(SCALERS_V1).at("items", "0", "spec", "targetCPUUtilizationPercentage"))
                .isEqualTo("44");
    }

    @Test
    void errorsOfAnOlderVersionAreToldInTermsOfTheStoredOne() {
        var refused =
                admin.post(
                        SCALERS_V1,
                        "{metadata: {name: a}, spec: {scaleTargetRef: {kind: Deployment, name: d},"
                                + " maxReplicas: 3, targetCPUUtilizationPercentage: -1}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message()).contains("spec.metrics[0].resource.target");
    }

    @Test
    void anEventIsSeenInBothGroupsAndSelectedByTheNamesOfEach() {
        admin.post(
                EVENTS,
                "{metadata: {name: e}, involvedObject: {kind: Pod, namespace: default, name: p},"
                        + " reason: R, message: hello, type: Normal}");

        var seen = admin.get(EVENTS_OF_GROUP + "/e");
        var selected = admin.get(EVENTS_OF_GROUP + "?fieldSelector=regarding.name=p");
        var unknown = admin.get(EVENTS_OF_GROUP + "?fieldSelector=involvedObject.name=p");

        assertThat(seen.at("note")).isEqualTo("hello");
        assertThat(seen.at("apiVersion")).isEqualTo("events.k8s.io/v1");
        assertThat(selected.names()).containsExactly("e");
        assertThat(unknown.status()).isEqualTo(400);
    }

    @Test
    void anEventOfItsOwnGroupIsChecked() {
        var refused =
                admin.post(
                        EVENTS_OF_GROUP,
                        "{metadata: {name: e}, regarding: {namespace: default}, type: Odd}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message())
                .contains("eventTime: Required value")
                .contains("has invalid value: Odd");
    }

    @Test
    void aSigningRequestIsApprovedOnceAndOnlyThere() {
        request("r");

        var forged = admin.merge(REQUESTS + "/r", "{spec: {signerName: b.example/x}}");
        var approved = admin.merge(REQUESTS + "/r/approval", decision("Approved"));
        var both = admin.merge(REQUESTS + "/r/approval", decision("Denied"));

        assertThat(forged.at("spec", "signerName")).isEqualTo("a.example/x");
        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.at("status", "conditions", "0", "lastUpdateTime")).isNotEmpty();
        assertThat(both.status()).isEqualTo(422);
        assertThat(both.message()).contains("updates may not remove a condition");
    }

    @Test
    void approvingTakesARightOnTheSigner() {
        request("r");
        admin.post(
                "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                "{metadata: {name: a}, rules: [{apiGroups: [certificates.k8s.io], resources:"
                        + " [certificatesigningrequests/approval], verbs: [patch]}]}");
        admin.post(
                "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                "{metadata: {name: a}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind:"
                        + " ClusterRole, name: a}, subjects: [{kind: User, name: eve}]}");

        var refused = server.as("eve").merge(REQUESTS + "/r/approval", decision("Approved"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message())
                .contains("user not permitted to approve requests with signerName");
    }

    @Test
    void aServiceHasAnAddressObjectForAsLongAsItLives() {
        admin.post(SERVICES, "{metadata: {name: a}, spec: {ports: [{port: 80}]}}");
        var ip = admin.get(SERVICES + "/a").at("spec", "clusterIP");
        var taken =
                admin.post(
                        SERVICES,
                        "{metadata: {name: b}, spec: {clusterIP: %s, ports: [{port: 80}]}}"
                                .formatted(ip));

        assertThat(admin.get(ADDRESSES + "/" + ip).at("spec", "parentRef", "name")).isEqualTo("a");
        assertThat(taken.message()).contains("provided IP is already allocated");

        admin.delete(SERVICES + "/a");

        assertThat(admin.get(ADDRESSES + "/" + ip).status()).isEqualTo(404);
    }

    @Test
    void aHeadlessServiceWithoutSelectorClaimsBothFamilies() {
        var free =
                admin.post(
                        SERVICES,
                        "{metadata: {name: a}, spec: {clusterIP: None, ports: [{port: 80}]}}");
        var dual =
                admin.post(
                        SERVICES,
                        "{metadata: {name: b}, spec: {ipFamilyPolicy: RequireDualStack, ports:"
                                + " [{port: 80}]}}");

        assertThat(free.at("spec", "ipFamilies", "1")).isEqualTo("IPv6");
        assertThat(dual.status()).isEqualTo(422);
    }

    @Test
    void ephemeralContainersAreAddedAndNeverTakenAway() {
        admin.post(PODS, "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");
        var path = PODS + "/p/ephemeralcontainers";

        var added =
                admin.strategic(
                        path,
                        "{metadata: {labels: {a: b}}, spec: {ephemeralContainers: [{name: e,"
                                + " image: i}]}}");
        var removed = admin.merge(path, "{spec: {ephemeralContainers: []}}");

        assertThat(added.at("spec", "ephemeralContainers", "0", "name")).isEqualTo("e");
        assertThat(added.at("metadata", "labels", "a")).isEmpty();
        assertThat(removed.status()).isEqualTo(422);
        assertThat(removed.message()).contains("may not be removed");
    }

    @Test
    void aResizeChangesAmountsAndNothingElse() {
        admin.post(
                PODS,
                "{metadata: {name: p}, spec: {containers: [{name: c, image: i, resources:"
                        + " {requests: {cpu: 1}}}]}}");
        var path = PODS + "/p/resize";

        var resized =
                admin.strategic(
                        path,
                        "{spec: {containers: [{name: c, image: other, resources: {requests: {cpu:"
                                + " 2}}}]}}");

        assertThat(resized.at("spec", "containers", "0", "resources", "requests", "cpu"))
                .isEqualTo("2");
        assertThat(resized.at("spec", "containers", "0", "image")).isEqualTo("i");
    }

    @Test
    void aNamespaceAlwaysCarriesItsNameAsALabel() {
        admin.post("/api/v1/namespaces", "{metadata: {name: team}}");

        var changed =
                admin.merge(
                        "/api/v1/namespaces/team",
                        "{metadata: {labels: {kubernetes.io/metadata.name: other}}}");

        assertThat(changed.at("metadata", "labels", "kubernetes.io/metadata.name"))
                .isEqualTo("team");
    }

    @Test
    void theSystemsOwnPriorityClassesStay() {
        var refused =
                admin.delete("/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical");

        assertThat(refused.status()).isEqualTo(403);
    }

    private void request(String name) {
        var pem =
                SigningRequest.create(
                        CertificateAuthority.keyPair(), CertificateRequest.client("u"));
        var encoded = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
        var made =
                admin.post(
                        REQUESTS,
                        "{metadata: {name: %s}, spec: {request: %s, signerName: a.example/x, usages: [client auth]}}"
                                .formatted(name, encoded));
        assertThat(made.status()).isEqualTo(201);
    }

    private static String decision(String type) {
        return "{status: {conditions: [{type: %s, status: \"True\", reason: R, message: m}]}}"
                .formatted(type);
    }
}

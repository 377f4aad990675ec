package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.SigningRequest;
import io.coxswain.http.DirectClient;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Peer;
import io.coxswain.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What once was a hole in Kubernetes is none here. docs/security.md has the table.
class SecurityTest {

    private static final String DEFAULT = "/api/v1/namespaces/default";
    private static final String PODS = DEFAULT + "/pods";
    private static final String CERTIFICATES = "/apis/certificates.k8s.io/v1";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();
    private final TestServer.Caller node =
            server.as("system:node:n1", "system:nodes", User.AUTHENTICATED);

    @AfterEach
    void close() {
        server.close();
    }

    private String nodeUid() {
        return admin.post("/api/v1/nodes", "{metadata: {name: n1}}").at("metadata", "uid");
    }

    private static String mirror(String uid, String rest) {
        return "{metadata: {name: m, annotations: {kubernetes.io/config.mirror: x},"
                + " ownerReferences: [{apiVersion: v1, kind: Node, name: n1, controller: true, uid:"
                + " '"
                + uid
                + "'}]}, spec: {nodeName: n1, containers: [{name: c, image: i"
                + rest
                + "}]}}";
    }

    /// CVE-2019-11247.
    @Test
    void objectsOfTheWholeClusterAreNotReachedThroughANamespace() {
        admin.post(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                "{metadata: {name: wides.x.example}, spec: {group: x.example, scope: Cluster,"
                        + " names: {plural: wides, singular: wide, kind: Wide}, versions: [{name:"
                        + " v1, served: true, storage: true, schema: {openAPIV3Schema: {type:"
                        + " object}}}]}}");
        server.settle();
        admin.post(
                "/apis/x.example/v1/wides",
                "{apiVersion: x.example/v1, kind: Wide, metadata: {name: a}}");

        assertThat(admin.get("/apis/x.example/v1/wides/a").status()).isEqualTo(200);
        assertThat(admin.get("/apis/x.example/v1/namespaces/default/wides/a").status())
                .isEqualTo(404);
        assertThat(admin.get("/api/v1/namespaces/default/nodes").status()).isEqualTo(404);
    }

    /// CVE-2021-25740.
    @Test
    void whoMayEditANamespaceDoesNotSayWhereItsServicesAre() {
        var edit =
                admin.get(
                        "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:aggregate-to-edit");

        for (var item : edit.json().items("rules")) {
            var rule = item.toString();
            if (rule.contains("endpoints") || rule.contains("endpointslices")) {
                assertThat(rule).doesNotContain("create").doesNotContain("update");
            }
        }
    }

    /// CVE-2025-4563 and what NodeRestriction is for: a pod that names a Secret would make the
    /// node one that may read it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                ", envFrom: [{secretRef: {name: s}}]",
                ", env: [{name: a, valueFrom: {secretKeyRef: {name: s, key: k}}}]",
                ", envFrom: [{configMapRef: {name: s}}]",
                "}], volumes: [{name: v, secret: {secretName: s}}], x: [{",
                "}], volumes: [{name: v, projected: {sources: [{secret: {name: s}}]}}], x: [{",
                "}], volumes: [{name: v, persistentVolumeClaim: {claimName: s}}], x: [{",
                "}], imagePullSecrets: [{name: s}], x: [{",
                "}], initContainers: [{name: d, image: j, envFrom: [{secretRef: {name: s}}]}],"
                        + " x: [{",
                "}], resourceClaims: [{name: s, resourceClaimName: s}], x: [{",
                "}], serviceAccountName: default, x: [{"
            })
    void aNodeShowsNoPodThatWouldGiveItRights(String rest) {
        var uid = nodeUid();

        assertThat(node.post(PODS, mirror(uid, "")).status()).isEqualTo(201);
        node.delete(PODS + "/m?gracePeriodSeconds=0");
        var refused = node.post(PODS, mirror(uid, rest));

        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.message()).contains("reference");
    }

    @Test
    void aNodeOwnsThePodsItShows() {
        var uid = nodeUid();
        var other = mirror(uid, "").replace("name: n1, controller", "name: n2, controller");
        var forged = mirror("7", "");

        assertThat(node.post(PODS, other).message())
                .endsWith("can only create pods with an owner reference set to itself");
        assertThat(node.post(PODS, forged).message()).contains("UID mismatch");
    }

    /// CVE-2025-5187: a node that has an owner is deleted with it, and comes back without taints.
    @Test
    void aNodeGivesItselfNoOwner() {
        nodeUid();

        var refused =
                node.merge(
                        "/api/v1/nodes/n1",
                        "{metadata: {ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: a,"
                                + " uid: b}]}}");

        assertThat(refused.message())
                .endsWith("node \"n1\" is not allowed to modify ownerReferences");
    }

    /// CVE-2023-2728, CVE-2024-3177.
    @Test
    void podsUseOnlyTheSecretsThatTheirAccountLists() {
        admin.post(
                DEFAULT + "/serviceaccounts",
                "{metadata: {name: strict, annotations:"
                        + " {kubernetes.io/enforce-mountable-secrets: 'true'}}, secrets: [{name:"
                        + " mine}]}");
        var start =
                "{metadata: {name: a}, spec: {serviceAccountName: strict, containers: [{name: c,"
                        + " image: i";

        for (var use :
                List.of(
                        ", envFrom: [{secretRef: {name: %s}}]}]",
                        "}], initContainers: [{name: d, image: j, envFrom: [{secretRef: {name:"
                                + " %s}}]}]",
                        "}], volumes: [{name: v, secret: {secretName: %s}}]")) {
            var refused = admin.post(PODS, start + use.formatted("yours") + "}}");
            var fine = admin.post(PODS, start + use.formatted("mine") + "}}");
            assertThat(refused.status()).as(use).isEqualTo(403);
            assertThat(refused.message()).contains("does not reference that secret");
            assertThat(fine.status()).as(fine.text()).isEqualTo(201);
            var debugged =
                    admin.strategic(
                            PODS + "/a/ephemeralcontainers",
                            "{spec: {ephemeralContainers: [{name: e, image: k, envFrom:"
                                    + " [{secretRef: {name: yours}}]}]}}");
            assertThat(debugged.status()).isEqualTo(403);
            admin.delete(PODS + "/a?gracePeriodSeconds=0");
        }
    }

    /// CVE-2021-25737.
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "224.0.0.1", "0.0.0.0"})
    void noServiceLeadsToTheMachineItself(String address) {
        var slice =
                admin.post(
                        "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                        "{metadata: {name: a}, addressType: IPv4, endpoints: [{addresses: ["
                                + address
                                + "]}]}");

        assertThat(slice.status()).isEqualTo(422);
    }

    /// CVE-2020-8555, CVE-2020-8562: addresses are literals, looked at when they are used.
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "::1", "fe80::1", "0.0.0.0"})
    void thisServerIsNoWayIntoItsOwnNetwork(String address) {
        admin.post(PODS, "{metadata: {name: a}, spec: {containers: [{name: c, image: i}]}}");
        admin.merge(
                PODS + "/a/status",
                "{status: {podIP: '" + address + "', podIPs: [{ip: '" + address + "'}]}}");
        admin.post("/api/v1/nodes", "{metadata: {name: n1}}");
        admin.merge(
                "/api/v1/nodes/n1/status",
                "{status: {addresses: [{type: InternalIP, address: '" + address + "'}]}}");

        assertThat(admin.get(PODS + "/a:80/proxy/x").message()).isEqualTo("address not allowed");
        assertThat(admin.get("/api/v1/nodes/n1/proxy/x").message())
                .isEqualTo("address not allowed");
    }

    /// CVE-2023-2431.
    @Test
    void aProfileOfSeccompHasAName() {
        var refused =
                admin.post(
                        PODS,
                        "{metadata: {name: a}, spec: {containers: [{name: c, image: i,"
                                + " securityContext: {seccompProfile: {type: Localhost}}}]}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message()).contains("localhostProfile");
    }

    /// CVE-2018-1002102, CVE-2020-8559.
    @Test
    void noKubeletSendsAClientToAnotherNode() {
        admin.post("/api/v1/nodes", "{metadata: {name: n1}}");
        admin.post(
                PODS,
                "{metadata: {name: a}, spec: {nodeName: n1, containers: [{name: c, image: i}]}}");
        server.kubelets =
                to ->
                        new DirectClient(
                                request ->
                                        new Response.Full(
                                                302,
                                                Headers.of("location", "https://other:10250/exec"),
                                                Payload.EMPTY),
                                Peer.inProcess("kubelet"));

        var answer = admin.send("POST", PODS + "/a/exec?command=sh");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.headers().first("location")).isNull();
    }

    @Test
    void strangersAreWhoTheyAreWhateverTheirHeadersSay() {
        var forged =
                server.stranger()
                        .with("X-Remote-User", "admin")
                        .with("X-Remote-Group", User.MASTERS);
        var impersonating = server.stranger().with("Impersonate-User", "admin");

        assertThat(forged.get(PODS).message()).contains("system:anonymous");
        assertThat(impersonating.get(PODS).status()).isEqualTo(403);
    }

    @Test
    void nobodyImpersonatesHalfAUser() {
        var groups = admin.with("Impersonate-Group", User.MASTERS);
        var uid = admin.with("Impersonate-Uid", "7");
        var extra = admin.with("Impersonate-Extra-Scopes", "x");

        for (var caller : List.of(groups, uid, extra)) {
            var refused = caller.get(PODS);
            assertThat(refused.status()).isBetween(400, 599);
            assertThat(refused.text()).contains("without impersonating a user");
        }
    }

    @Test
    void whoAsksForACertificateIsWrittenDownByTheServer() {
        var keys = CertificateAuthority.keyPair();
        var honest = csr(SigningRequest.create(keys, CertificateRequest.client("bob", "devs")));

        var made =
                admin.post(
                        CERTIFICATES + "/certificatesigningrequests",
                        honest.formatted("kubernetes.io/kube-apiserver-client")
                                .replace(
                                        "spec: {",
                                        "spec: {username: forged, groups: ['system:masters'],"));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.at("spec", "username")).isEqualTo("admin");
        assertThat(made.at("spec", "groups", "1")).isEqualTo(User.AUTHENTICATED);
    }

    @Test
    void nobodyGetsACertificateOfTheMasters() {
        var keys = CertificateAuthority.keyPair();
        var masters =
                csr(SigningRequest.create(keys, CertificateRequest.client("eve", User.MASTERS)));

        var refused =
                admin.post(
                        CERTIFICATES + "/certificatesigningrequests",
                        masters.formatted("kubernetes.io/kube-apiserver-client"));

        assertThat(refused.message())
                .endsWith(
                        "use of kubernetes.io/kube-apiserver-client signer with system:masters"
                                + " group is not allowed");
    }

    private static String csr(String pem) {
        var request = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
        return "{metadata: {generateName: c-}, spec: {request: "
                + request
                + ", signerName: %s, usages: ['client auth']}}";
    }

    /// CVE-2019-11250, CVE-2020-8563 to 8566: what is refused is not repeated.
    @Test
    void aSecretIsNotRepeatedInARefusal() {
        var canary = Base64.getEncoder().encodeToString("canary".getBytes(StandardCharsets.UTF_8));

        var refused =
                admin.post(
                        DEFAULT + "/secrets",
                        "{metadata: {name: a}, type: kubernetes.io/tls, data: {other: '"
                                + canary
                                + "'}}");
        var unreadable =
                admin.post(DEFAULT + "/secrets", "{metadata: {name: a}, data: {a: '%%%'}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).doesNotContain(canary).doesNotContain("canary");
        assertThat(unreadable.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pods/..%2f..%2fetc/log",
                "/pods/../../secrets",
                "/pods/a/log/../../../secrets",
                "/pods/%2e%2e/log",
                "//secrets/../../x"
            })
    void namesAreNoPaths(String path) {
        assertThat(admin.get(DEFAULT + path).status()).isIn(400, 404, 405, 301);
    }
}

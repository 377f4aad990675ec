package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final String DEFAULT = "/api/v1/namespaces/default";
    private static final String PODS = DEFAULT + "/pods";
    private static final String MAPS = DEFAULT + "/configmaps";
    private static final String POLICIES = "/apis/admissionregistration.k8s.io/v1";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aNamespaceHoldsItsPodsToAStandard() {
        admin.merge(
                DEFAULT, "{metadata: {labels: {pod-security.kubernetes.io/enforce: restricted}}}");

        var refused = admin.post(PODS, pod("p", "securityContext: {privileged: true}"));
        var workload =
                admin.post(
                        "/apis/apps/v1/namespaces/default/deployments",
                        "{metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template:"
                                + " {metadata: {labels: {a: b}}, spec: {hostNetwork: true,"
                                + " containers: [{name: c, image: i}]}}}}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\":"
                                + " privileged (container \"c\" must not set"
                                + " securityContext.privileged=true), allowPrivilegeEscalation != false"
                                + " (container \"c\" must set"
                                + " securityContext.allowPrivilegeEscalation=false), unrestricted"
                                + " capabilities (container \"c\" must set"
                                + " securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true"
                                + " (pod or container \"c\" must set securityContext.runAsNonRoot=true),"
                                + " seccompProfile (pod or container \"c\" must set"
                                + " securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                                + " \"Localhost\")");
        assertThat(workload.status()).isEqualTo(201);
        assertThat(String.join("\n", workload.warnings()))
                .contains("would violate PodSecurity")
                .contains("host namespaces (hostNetwork=true)");
    }

    @Test
    void aPodThatGivesUpItsPrivilegesIsRestricted() {
        admin.merge(
                DEFAULT, "{metadata: {labels: {pod-security.kubernetes.io/enforce: restricted}}}");

        var admitted =
                admin.post(
                        PODS,
                        pod(
                                "p",
                                "securityContext: {allowPrivilegeEscalation: false,"
                                        + " runAsNonRoot: true, capabilities: {drop: [ALL]},"
                                        + " seccompProfile: {type: RuntimeDefault}}"));

        assertThat(admitted.status()).isEqualTo(201);
    }

    @Test
    void limitRangesGiveDefaultsAndLimits() {
        admin.post(
                DEFAULT + "/limitranges",
                "{metadata: {name: l}, spec: {limits: [{type: Container, default: {cpu: 500m},"
                        + " max: {cpu: '1'}}]}}");

        var filled = admin.post(PODS, pod("p", "terminationMessagePath: /x"));
        var refused = admin.post(PODS, pod("q", "resources: {limits: {cpu: '2'}}"));

        assertThat(filled.text()).contains("\"limits\":{\"cpu\":\"500m\"}");
        assertThat(filled.at("metadata", "annotations", "kubernetes.io/limit-ranger"))
                .isEqualTo(
                        "LimitRanger plugin set: cpu request for container c; cpu limit for"
                                + " container c");
        assertThat(refused.message())
                .isEqualTo(
                        "pods \"q\" is forbidden: maximum cpu usage per Container is 1, but limit"
                                + " is 2");
    }

    @Test
    void manyWritersAtOnceNeverGetMoreThanTheQuota() throws InterruptedException {
        quota("{count/configmaps: '5'}", "{count/configmaps: '0'}");
        var created = 0;

        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Answer>>();
            for (var i = 0; i < 20; i++) {
                var name = "m" + i;
                answers.add(
                        writers.submit(() -> admin.post(MAPS, "{metadata: {name: " + name + "}}")));
            }
            for (var answer : answers) {
                created += answer.get().status() == 201 ? 1 : 0;
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }

        assertThat(created).isEqualTo(5);
        assertThat(admin.get(DEFAULT + "/resourcequotas/q").text())
                .contains("\"used\":{\"count/configmaps\":\"5\"}");
        assertThat(admin.post(MAPS, "{metadata: {name: more}}").message())
                .isEqualTo(
                        "configmaps \"more\" is forbidden: exceeded quota: q, requested:"
                                + " count/configmaps=1, used: count/configmaps=5, limited:"
                                + " count/configmaps=5");
    }

    @Test
    void aDryRunUsesNothingUp() {
        quota("{count/configmaps: '1'}", "{count/configmaps: '0'}");

        admin.post(MAPS + "?dryRun=All", "{metadata: {name: a}}");

        assertThat(admin.post(MAPS, "{metadata: {name: b}}").status()).isEqualTo(201);
    }

    @Test
    void aQuotaWithScopesIsAboutSomePodsOnly() {
        admin.post(
                DEFAULT + "/resourcequotas",
                "{metadata: {name: q}, spec: {hard: {pods: '0'}, scopes: [BestEffort]}}");
        admin.merge(
                DEFAULT + "/resourcequotas/q/status",
                "{status: {hard: {pods: '0'}, used: {pods: '0'}}}");

        assertThat(admin.post(PODS, pod("a", "tty: true")).status()).isEqualTo(403);
        assertThat(admin.post(PODS, pod("b", "resources: {requests: {cpu: '1'}}")).status())
                .isEqualTo(201);
    }

    @Test
    void aPolicyRefusesWithItsOwnWords() {
        policy(
                "validations: [{expression: \"variables.size < 3\", messageExpression: \"'size is '"
                        + " + string(variables.size)\"}], variables: [{name: size, expression:"
                        + " 'has(object.data) ? object.data.size() : 0'}]");

        var refused = admin.post(MAPS, "{metadata: {name: a}, data: {a: '', b: '', c: ''}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        "configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding"
                                + " 'b' denied request: size is 3");
        assertThat(admin.post(MAPS, "{metadata: {name: b}}").status()).isEqualTo(201);
    }

    @Test
    void aPolicyMayAskWhatItsCallerMayDo() {
        policy(
                "validations: [{expression: \"authorizer.group('').resource('configmaps')"
                        + ".namespace('default').check('delete').allowed()\"}]");
        allow("configmaps", "create");
        var bob = server.as("bob", User.AUTHENTICATED);

        assertThat(bob.post(MAPS, "{metadata: {name: a}}").status()).isEqualTo(422);
        assertThat(admin.post(MAPS, "{metadata: {name: a}}").status()).isEqualTo(201);
    }

    @Test
    void aPolicyThatDoesNotCompileIsRefused() {
        var refused =
                admin.post(
                        POLICIES + "/validatingadmissionpolicies",
                        "{metadata: {name: p}, spec: {matchConstraints: {resourceRules: [{apiGroups:"
                                + " [''], apiVersions: [v1], resources: [configmaps], operations:"
                                + " ['*']}]}, validations: [{expression: 'object.x +'},"
                                + " {expression: '1'}]}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message())
                .contains("spec.validations[0].expression")
                .contains("Syntax error: mismatched input '<EOF>'")
                .contains("must evaluate to bool");
    }

    @Test
    void aMutatingPolicyAddsWhatItsExpressionSays() {
        admin.post(
                POLICIES + "/mutatingadmissionpolicies",
                "{metadata: {name: p}, spec: {reinvocationPolicy: Never, matchConstraints:"
                        + " {resourceRules: [{apiGroups: [''], apiVersions: [v1], resources:"
                        + " [configmaps], operations: [CREATE]}]}, mutations: [{patchType:"
                        + " ApplyConfiguration, applyConfiguration: {expression: \"Object{metadata:"
                        + " Object.metadata{labels: {'of': object.metadata.name}}}\"}}, {patchType:"
                        + " JSONPatch, jsonPatch: {expression: \"[JSONPatch{op: 'add', path:"
                        + " '/data', value: {'k': 'v'}}]\"}}]}}");
        admin.post(
                POLICIES + "/mutatingadmissionpolicybindings",
                "{metadata: {name: b}, spec: {policyName: p}}");

        var created = admin.post(MAPS, "{metadata: {name: a, labels: {own: '1'}}}");

        assertThat(created.at("metadata", "labels", "of")).isEqualTo("a");
        assertThat(created.at("metadata", "labels", "own")).isEqualTo("1");
        assertThat(created.at("data", "k")).isEqualTo("v");
    }

    @Test
    void nobodyGrantsWhatTheyDoNotHave() {
        allow("roles", "create", "rbac.authorization.k8s.io");
        var bob = server.as("bob", User.AUTHENTICATED);

        var refused =
                bob.post(
                        RBAC + "/namespaces/default/roles",
                        "{metadata: {name: more}, rules: [{apiGroups: [''], resources: [secrets],"
                                + " verbs: [get]}]}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "roles.rbac.authorization.k8s.io \"more\" is forbidden: user \"bob\""
                                + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC"
                                + " permissions not currently held:\n"
                                + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\"]}");
    }

    @Test
    void aNodeTouchesOnlyWhatIsItsOwn() {
        var node = server.as("system:node:n1", "system:nodes", User.AUTHENTICATED);
        node.post("/api/v1/nodes", "{metadata: {name: n1}}");

        assertThat(node.get("/api/v1/nodes/n2").message())
                .endsWith("node 'n1' cannot read 'n2', only its own Node object");
        assertThat(node.post("/api/v1/nodes", "{metadata: {name: n2}}").message())
                .endsWith("node \"n1\" is not allowed to modify node \"n2\"");
        assertThat(node.merge("/api/v1/nodes/n1", "{spec: {taints: []}}").message())
                .endsWith("node \"n1\" is not allowed to modify taints");
        assertThat(
                        node.merge(
                                        "/api/v1/nodes/n1",
                                        "{metadata: {labels: {node-restriction.kubernetes.io/x:"
                                                + " one}}}")
                                .message())
                .endsWith("is not allowed to modify labels: node-restriction.kubernetes.io/x");
        assertThat(node.get("/api/v1/pods").status()).isEqualTo(403);
        assertThat(node.get("/api/v1/pods?fieldSelector=spec.nodeName%3Dn1").status())
                .isEqualTo(200);
    }

    @Test
    void aWebhookNobodyAnswersForRefusesUnlessToldOtherwise() {
        admin.post(
                POLICIES + "/validatingwebhookconfigurations",
                "{metadata: {name: w}, webhooks: [{name: a.b.c, sideEffects: None,"
                        + " admissionReviewVersions: [v1], timeoutSeconds: 20, clientConfig: {url:"
                        + " 'https://127.0.0.1:9/x'}, rules: [{apiGroups: [''], apiVersions: [v1],"
                        + " resources: [configmaps], operations: [CREATE]}]}]}");

        var refused = admin.post(MAPS, "{metadata: {name: a}}");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.message())
                .isEqualTo(
                        "Internal error occurred: failed calling webhook \"a.b.c\": failed to call"
                                + " webhook: Post \"https://127.0.0.1:9/x?timeout=20s\": dial tcp"
                                + " 127.0.0.1:9: connect: connection refused");
    }

    private void quota(String hard, String used) {
        admin.post(
                DEFAULT + "/resourcequotas", "{metadata: {name: q}, spec: {hard: " + hard + "}}");
        admin.merge(
                DEFAULT + "/resourcequotas/q/status",
                "{status: {hard: " + hard + ", used: " + used + "}}");
    }

    private void policy(String rest) {
        admin.post(
                POLICIES + "/validatingadmissionpolicies",
                "{metadata: {name: p}, spec: {matchConstraints: {resourceRules: [{apiGroups: [''],"
                        + " apiVersions: [v1], resources: [configmaps], operations: ['*']}]}, "
                        + rest
                        + "}}");
        admin.post(
                POLICIES + "/validatingadmissionpolicybindings",
                "{metadata: {name: b}, spec: {policyName: p, validationActions: [Deny]}}");
    }

    private void allow(String resource, String verb) {
        allow(resource, verb, "");
    }

    private void allow(String resource, String verb, String group) {
        admin.post(
                RBAC + "/namespaces/default/roles",
                "{metadata: {name: bob}, rules: [{apiGroups: ['"
                        + group
                        + "'], resources: ["
                        + resource
                        + "], verbs: ["
                        + verb
                        + "]}]}");
        admin.post(
                RBAC + "/namespaces/default/rolebindings",
                "{metadata: {name: bob}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role,"
                        + " name: bob}, subjects: [{apiGroup: rbac.authorization.k8s.io, kind:"
                        + " User, name: bob}]}");
    }

    private static String pod(String name, String rest) {
        return "{metadata: {name: "
                + name
                + "}, spec: {containers: [{name: c, image: i, "
                + rest
                + "}]}}";
    }
}

package io.coxswain.apiserver;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What policies see of writes to a part of an object, and of writes in another version than the
/// one they name: each of these tests has a policy that warns of what it sees.
class SeenByPoliciesTest {

    private static final String POLICIES = "/apis/admissionregistration.k8s.io/v1";
    private static final String DEFAULT = "/api/v1/namespaces/default";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String TEMPLATE =
            "selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec:"
                    + " {containers: [{name: c, image: i}]}}";
    private static final String SEEN =
            "request.operation + ' ' + request.kind.group + '/' + request.kind.version + ' ' +"
                    + " request.kind.kind + (has(request.subResource) ? ' at ' +"
                    + " request.resource.resource + '/' + request.subResource : '') + (request.kind"
                    + " == request.requestKind ? '' : ' asked as ' + request.requestKind.version) +"
                    + " (object == null ? '' : ' ' + object.kind) + (oldObject == null ? '' : ' was"
                    + " ' + oldObject.kind)";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @BeforeEach
    void begin() {
        admin.post(DEFAULT + "/serviceaccounts", "{metadata: {name: default}}");
        admin.post(DEFAULT + "/pods", pod("p"));
        admin.post(
                DEPLOYMENTS, "{metadata: {name: d}, spec: {replicas: 1, %s}}".formatted(TEMPLATE));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String pod(String name) {
        return "{metadata: {name: %s}, spec: {containers: [{name: c, image: i}]}}".formatted(name);
    }

    private void warns(String matching, String rule) {
        admin.post(
                POLICIES + "/validatingadmissionpolicies",
                ("{metadata: {name: p}, spec: {matchConstraints: {matchPolicy: %s, "
                                + "resourceRules: [{%s, operations: ['*']}]}, "
                                + "validations: [{expression: 'false', messageExpression:"
                                + " \"%s\"}]}}")
                        .formatted(matching, rule, SEEN));
        admin.post(
                POLICIES + "/validatingadmissionpolicybindings",
                "{metadata: {name: b}, spec: {policyName: p, validationActions: [Warn]}}");
    }

    private static void sees(Answer answer, String what) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        assertThat(answer.warnings())
                .as(answer.text())
                .singleElement()
                .asString()
                .endsWith("'b': " + what + "\"");
    }

    private static final String PODS = "apiGroups: [''], apiVersions: [v1], resources: ['pods/*']";

    @Test
    void aScaleIsSeenAsAScale() {
        warns("Exact", "apiGroups: [apps], apiVersions: [v1], resources: [deployments/scale]");

        sees(
                admin.merge(DEPLOYMENTS + "/d/scale", "{spec: {replicas: 3}}"),
                "UPDATE autoscaling/v1 Scale at deployments/scale Scale was Scale");
    }

    @Test
    void anEvictionIsSeenAsAnEvictionAndNotAsADeletion() {
        warns("Exact", PODS);

        sees(
                admin.post(DEFAULT + "/pods/p/eviction", "{metadata: {name: p}}"),
                "CREATE policy/v1 Eviction at pods/eviction Eviction");
        assertThat(admin.get(DEFAULT + "/pods/p").status()).isEqualTo(404);
    }

    @Test
    void aBindingIsSeenAsABinding() {
        warns("Exact", PODS);

        sees(
                admin.post(
                        DEFAULT + "/pods/p/binding",
                        "{metadata: {name: p}, target: {kind: Node, name: n1}}"),
                "CREATE /v1 Binding at pods/binding Binding");
    }

    @Test
    void aTokenRequestIsSeenAsATokenRequest() {
        warns("Exact", "apiGroups: [''], apiVersions: [v1], resources: [serviceaccounts/token]");

        sees(
                admin.post(DEFAULT + "/serviceaccounts/default/token", "{}"),
                "CREATE authentication.k8s.io/v1 TokenRequest at serviceaccounts/token"
                        + " TokenRequest");
    }

    private static final String SCALERS =
            "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
    private static final String SCALER =
            "{metadata: {name: h}, spec: {maxReplicas: 9, scaleTargetRef: {kind: Deployment, name:"
                    + " d, apiVersion: apps/v1}}}";
    private static final String V1_SCALERS =
            "apiGroups: [autoscaling], apiVersions: [v1], resources: [horizontalpodautoscalers]";

    @Test
    void aWriteInAnotherVersionIsSeenInTheOneThatIsNamed() {
        warns("Equivalent", V1_SCALERS);

        sees(
                admin.post(SCALERS, SCALER),
                "CREATE autoscaling/v1 HorizontalPodAutoscaler asked as v2"
                        + " HorizontalPodAutoscaler");
        sees(
                admin.merge(SCALERS + "/h", "{spec: {maxReplicas: 8}}"),
                "UPDATE autoscaling/v1 HorizontalPodAutoscaler asked as v2 HorizontalPodAutoscaler"
                        + " was HorizontalPodAutoscaler");
    }

    @Test
    void whoWantsExactlyOneVersionSeesNoOther() {
        warns("Exact", V1_SCALERS);

        assertThat(admin.post(SCALERS, SCALER).warnings()).isEmpty();
    }

    private void mutates(String rule, String change) {
        admin.post(
                POLICIES + "/mutatingadmissionpolicies",
                ("{metadata: {name: m}, spec: {reinvocationPolicy: Never, "
                                + "matchConstraints: {resourceRules: [{%s, operations: ['*']}]}, "
                                + "mutations: [{patchType: ApplyConfiguration, applyConfiguration: "
                                + "{expression: 'Object{spec: Object.spec{%s}}'}}]}}")
                        .formatted(rule, change));
        admin.post(
                POLICIES + "/mutatingadmissionpolicybindings",
                "{metadata: {name: b}, spec: {policyName: m}}");
    }

    @Test
    void aPolicyOfOneVersionChangesObjectsOfAnother() {
        mutates(V1_SCALERS, "targetCPUUtilizationPercentage: 33");

        var made = admin.post(SCALERS, SCALER);

        assertThat(made.at("spec", "metrics", "0", "resource", "target", "averageUtilization"))
                .as(made.text())
                .isEqualTo("33");
    }

    @Test
    void aPolicyMayChangeAScale() {
        mutates(
                "apiGroups: [apps], apiVersions: [v1], resources: [deployments/scale]",
                "replicas: 2");

        var scaled = admin.merge(DEPLOYMENTS + "/d/scale", "{spec: {replicas: 7}}");

        assertThat(scaled.at("spec", "replicas")).as(scaled.text()).isEqualTo("2");
        assertThat(admin.get(DEPLOYMENTS + "/d").at("spec", "replicas")).isEqualTo("2");
    }

    @Test
    void aCustomKindIsSeenInTheVersionThatIsNamed() {
        admin.post(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                "{metadata: {name: boats.sea.io}, spec: {group: sea.io, scope: "
                        + "Namespaced, names: {plural: boats, kind: Boat}, versions: [{name: v1, "
                        + "served: true, storage: true, schema: {openAPIV3Schema: {type: object, "
                        + "x-kubernetes-preserve-unknown-fields: true}}}, {name: v2, served: "
                        + "true, storage: false, schema: {openAPIV3Schema: {type: object, "
                        + "x-kubernetes-preserve-unknown-fields: true}}}]}}");
        server.settle();
        warns("Equivalent", "apiGroups: [sea.io], apiVersions: [v1], resources: [boats]");

        sees(
                admin.post(
                        "/apis/sea.io/v2/namespaces/default/boats",
                        "{apiVersion: sea.io/v2, kind: Boat, metadata: {name: b}}"),
                "CREATE sea.io/v1 Boat asked as v2 Boat");
    }

    @Test
    void theOptionsOfAWriteAreThoseThatWereSent() {
        admin.post(
                POLICIES + "/validatingadmissionpolicies",
                "{metadata: {name: p}, spec: {matchConstraints: {resourceRules: [{apiGroups: [''],"
                        + " apiVersions: [v1], resources: [pods], operations: ['*']}]},"
                        + " validations: [{expression: 'false', messageExpression:"
                        + " \"request.options.kind + (has(request.options.fieldManager) ? ' ' +"
                        + " request.options.fieldManager : '') +"
                        + " (has(request.options.propagationPolicy) ? ' ' +"
                        + " request.options.propagationPolicy : '')\"}]}}");
        admin.post(
                POLICIES + "/validatingadmissionpolicybindings",
                "{metadata: {name: b}, spec: {policyName: p, validationActions: [Warn]}}");

        sees(admin.post(DEFAULT + "/pods", pod("q")), "CreateOptions");
        sees(admin.post(DEFAULT + "/pods?fieldManager=me", pod("r")), "CreateOptions me");
        sees(admin.merge(DEFAULT + "/pods/q", "{metadata: {labels: {a: b}}}"), "UpdateOptions");
        sees(
                admin.delete(DEFAULT + "/pods/q", "{propagationPolicy: Foreground}"),
                "DeleteOptions Foreground");
    }

    @Test
    void aPolicyMayShortenAToken() {
        mutates(
                "apiGroups: [''], apiVersions: [v1], resources: [serviceaccounts/token]",
                "expirationSeconds: 700");

        var issued =
                admin.post(
                        DEFAULT + "/serviceaccounts/default/token",
                        "{spec: {expirationSeconds: 5000}}");

        assertThat(issued.at("spec", "expirationSeconds")).as(issued.text()).isEqualTo("700");
        assertThat(issued.at("status", "expirationTimestamp"))
                .isEqualTo(server.clock.now().plusSeconds(700).truncatedTo(SECONDS).toString());
    }
}

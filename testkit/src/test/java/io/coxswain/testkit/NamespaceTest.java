package io.coxswain.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.networking.NetworkPolicy;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.ListQuery;
import io.coxswain.client.Patch;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Namespaces, Services, and who is let in.
@ClusterTest
class NamespaceTest {

    private static final String TEAM =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: team}
            """;

    private static final String IN_TEAM =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: team}
            data: {color: blue}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: one, namespace: team}
            spec: {containers: [{name: main, image: "web:1"}]}
            """;

    @Test
    void aNamespaceGetsItsAccountAndTheAuthority(TestCluster cluster) {
        cluster.apply(TEAM).settle();

        assertThat(cluster.client().get(ServiceAccount.class, "team", "default")).isNotNull();
        assertThat(cluster.client().get(ConfigMap.class, "team", "kube-root-ca.crt")).isNotNull();
    }

    @Test
    void aNamespaceTakesEverythingInItAlong(TestCluster cluster) {
        cluster.apply(TEAM).settle().apply(IN_TEAM).settle();

        cluster.client().delete(Namespace.class, "", "team", Edit.of(DeleteOptions.class).done());
        cluster.settle().advance(Duration.ofMinutes(1));

        assertThat(cluster.client().find(Namespace.class, "", "team")).isNull();
        var all = ListQuery.ALL.in("team");
        assertThat(cluster.client().list(Pod.class, all).items()).isEmpty();
        assertThat(cluster.client().list(ConfigMap.class, all).items()).isEmpty();
        assertThat(cluster.client().list(ServiceAccount.class, all).items()).isEmpty();
    }

    /// CVE-2024-7598: a pod that takes its time to end must not be reachable meanwhile.
    @Test
    void policiesStayUntilTheLastPodOfANamespaceIsGone(TestCluster cluster) {
        cluster.apply(TEAM)
                .settle()
                .apply(
                        """
                        apiVersion: networking.k8s.io/v1
                        kind: NetworkPolicy
                        metadata: {name: closed, namespace: team}
                        spec: {podSelector: {}, policyTypes: [Ingress]}
                        ---
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: slow, namespace: team, finalizers: [example.com/slow]}
                        spec: {containers: [{name: main, image: "web:1"}]}
                        """)
                .settle();
        var client = cluster.client();

        client.delete(Namespace.class, "", "team", Edit.of(DeleteOptions.class).done());
        cluster.settle().advance(Duration.ofMinutes(5));

        assertThat(client.get(Pod.class, "team", "slow").deleting()).isTrue();
        assertThat(client.get(NetworkPolicy.class, "team", "closed").deleting()).isFalse();
        var done =
                Patch.merge(
                        Json.object(
                                Map.of("metadata", Json.object(Map.of("finalizers", Json.NULL)))));
        client.patch(Pod.class, "team", "slow", done);
        cluster.settle().advance(Duration.ofMinutes(1));
        assertThat(client.find(NetworkPolicy.class, "team", "closed")).isNull();
        assertThat(client.find(Namespace.class, "", "team")).isNull();
    }

    @Test
    void nothingIsCreatedInANamespaceThatDoesNotExist(TestCluster cluster) {
        assertThatThrownBy(() ->
                        cluster.create(
                                """
                                apiVersion: v1
                                kind: ConfigMap
                                metadata: {name: lost, namespace: nowhere}
                                """))
                .hasMessage("namespaces \"nowhere\" not found");
    }

    @Test
    void aServiceGetsAnAddressAndFindsItsPods(TestCluster cluster) {
        cluster.apply(
                        """
                        apiVersion: v1
                        kind: Service
                        metadata: {name: web}
                        spec:
                          selector: {app: web}
                          ports: [{port: 80, targetPort: http}]
                        ---
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: one, labels: {app: web}}
                        spec:
                          containers:
                          - name: main
                            image: web:1
                            ports: [{name: http, containerPort: 8080}]
                        """)
                .settle();

        assertThat(cluster.get(Service.class, "web").spec().clusterIP()).startsWith("10.");
        var slices = cluster.list(EndpointSlice.class, "kubernetes.io/service-name=web");
        assertThat(slices).hasSize(1);
        assertThat(slices.getFirst().ports().getFirst().port()).isEqualTo(8080);
        assertThat(slices.getFirst().endpoints().getFirst().addresses())
                .containsExactly(cluster.get(Pod.class, "one").status().podIP());
    }

    @Test
    void aUserWithoutARoleIsRefused(TestCluster cluster) {
        var eve = cluster.client("eve", "system:authenticated");

        assertThatThrownBy(() -> eve.list(Pod.class, ListQuery.ALL.in("default")))
                .hasMessage(
                        "pods is forbidden: User \"eve\" cannot list resource \"pods\" in API group"
                                + " \"\" in the namespace \"default\"");
    }
}

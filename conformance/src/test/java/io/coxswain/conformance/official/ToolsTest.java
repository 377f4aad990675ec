package io.coxswain.conformance.official;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.kubernetes.client.Discovery;
import io.kubernetes.client.ProtoClient;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.extended.kubectl.Kubectl;
import io.kubernetes.client.extended.kubectl.exception.KubectlException;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1.ConfigMap;
import io.kubernetes.client.util.Yaml;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.Dynamics;
import io.kubernetes.client.util.generic.options.CreateOptions;
import io.kubernetes.client.util.generic.options.ListOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What stands on the generated calls: protobuf, generic and untyped access, kubectl's verbs.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolsTest {

    private static final String NAMESPACE = "official-tools";
    private static final String MAPS = "/api/v1/namespaces/" + NAMESPACE + "/configmaps";

    private final ApiClient client;

    ToolsTest(Server server) {
        client = Clients.inNamespace(server, NAMESPACE);
    }

    @Test
    void protobufGoesBothWays() throws ApiException, IOException {
        var proto = new ProtoClient(client);
        var map =
                ConfigMap.newBuilder()
                        .setMetadata(Meta.ObjectMeta.newBuilder().setName("proto"))
                        .putData("a", "1")
                        .build();
        var created = proto.create(map, MAPS, "v1", "ConfigMap");
        assertThat(created.status).isNull();
        assertThat(created.object.getMetadata().getUid()).isNotEmpty();

        var changed = created.object.toBuilder().putData("b", "2").build();
        var updated = proto.update(changed, MAPS + "/proto", "v1", "ConfigMap");
        assertThat(updated.object.getDataMap()).isEqualTo(Map.of("a", "1", "b", "2"));

        var read = proto.<ConfigMap>get(ConfigMap.newBuilder(), MAPS + "/proto");
        assertThat(read.object).isEqualTo(updated.object);
        var list = proto.<V1.ConfigMapList>list(V1.ConfigMapList.newBuilder(), MAPS);
        assertThat(list.object.getItemsList())
                .extracting(it -> it.getMetadata().getName())
                .contains("proto");
        proto.<ConfigMap>delete(ConfigMap.newBuilder(), MAPS + "/proto");
        var gone = proto.<ConfigMap>get(ConfigMap.newBuilder(), MAPS + "/proto");
        assertThat(gone.object).isNull();
        assertThat(gone.status.getReason()).isEqualTo("NotFound");
        assertThat(gone.status.getCode()).isEqualTo(404);
    }

    @Test
    void protobufListsOfManyKindsAreRead() throws ApiException, IOException {
        var proto = new ProtoClient(client);
        assertThat(
                        proto.<V1.NodeList>list(V1.NodeList.newBuilder(), "/api/v1/nodes")
                                .object
                                .getItemsList())
                .isNotEmpty();
        assertThat(
                        proto.<io.kubernetes.client.proto.V1Rbac.ClusterRoleList>list(
                                        io.kubernetes.client.proto.V1Rbac.ClusterRoleList
                                                .newBuilder(),
                                        "/apis/rbac.authorization.k8s.io/v1/clusterroles")
                                .object
                                .getItemsList())
                .isNotEmpty();
        assertThat(
                        proto.<io.kubernetes.client.proto.V1Coordination.LeaseList>list(
                                        io.kubernetes.client.proto.V1Coordination.LeaseList
                                                .newBuilder(),
                                        "/apis/coordination.k8s.io/v1/leases")
                                .object
                                .getItemsList())
                .isNotEmpty();
    }

    @Test
    void theGenericApiWorks() {
        var maps =
                new GenericKubernetesApi<>(
                        V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
        var created =
                maps.create(
                                NAMESPACE,
                                GeneratedApiTest.config("generic", Map.of("a", "1")),
                                new CreateOptions())
                        .getObject();
        assertThat(created.getData()).containsEntry("a", "1");
        var patched =
                maps.patch(
                                NAMESPACE,
                                "generic",
                                V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                                new V1Patch("{\"data\":{\"b\":\"2\"}}"))
                        .getObject();
        assertThat(patched.getData()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(maps.list(NAMESPACE, new ListOptions()).getObject().getItems()).isNotEmpty();
        assertThat(maps.delete(NAMESPACE, "generic").isSuccess()).isTrue();
        assertThat(maps.get(NAMESPACE, "generic").getHttpStatusCode()).isEqualTo(404);
    }

    @Test
    void untypedObjectsWork() {
        var secrets = new DynamicKubernetesApi("", "v1", "secrets", client);
        var secret =
                Dynamics.newFromYaml(
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: dynamic, namespace: official-tools}
                        stringData: {a: b}
                        """);
        var created = secrets.create(secret).getObject();
        assertThat(created.getRaw().getAsJsonObject("data").get("a").getAsString())
                .isEqualTo("Yg==");
        assertThat(secrets.list(NAMESPACE).getObject().getItems()).isNotEmpty();
        assertThat(secrets.delete(NAMESPACE, "dynamic").isSuccess()).isTrue();
    }

    @Test
    void discoveryFindsEveryResource() throws ApiException {
        var all = new Discovery(client).findAll();
        assertThat(all).extracting("kind").contains("Pod", "Deployment", "CronJob", "Lease");
        assertThat(all)
                .filteredOn(it -> "Pod".equals(it.getKind()))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.getNamespaced()).isTrue();
                    assertThat(it.getSubResources()).contains("log", "exec", "status");
                });
    }

    @Test
    void kubectlsVerbsWork() throws KubectlException, ApiException, IOException {
        var apps = new AppsV1Api(client);
        var deployment = GeneratedApiTest.deployment("verbs");
        Objects.requireNonNull(deployment.getMetadata()).putLabelsItem("some", "label");
        apps.createNamespacedDeployment(NAMESPACE, deployment).execute();
        Kubectl.scale(V1Deployment.class)
                .apiClient(client)
                .namespace(NAMESPACE)
                .name("verbs")
                .replicas(2)
                .execute();
        Waiting.until("two pods", () -> ready(apps) == 2);
        Kubectl.label(V1Deployment.class)
                .apiClient(client)
                .namespace(NAMESPACE)
                .name("verbs")
                .addLabel("labelled", "yes")
                .execute();
        Kubectl.annotate(V1Deployment.class)
                .apiClient(client)
                .namespace(NAMESPACE)
                .name("verbs")
                .addAnnotation("annotated", "yes")
                .execute();
        var deployments =
                Kubectl.get(V1Deployment.class).apiClient(client).namespace(NAMESPACE).execute();
        assertThat(deployments)
                .filteredOn(it -> "verbs".equals(name(it)))
                .singleElement()
                .satisfies(it ->
                        assertThat(Objects.requireNonNull(it.getMetadata()).getLabels())
                                .containsEntry("labelled", "yes"));
        Kubectl.cordon().apiClient(client).name("simulated-2").execute();
        assertThat(
                        Kubectl.get(V1Node.class)
                                .apiClient(client)
                                .name("simulated-2")
                                .execute()
                                .getSpec())
                .satisfies(it -> assertThat(it.getUnschedulable()).isTrue());
        Kubectl.uncordon().apiClient(client).name("simulated-2").execute();
        assertThat(Kubectl.version().apiClient(client).execute().getMinor()).startsWith("36");
        assertThat(Kubectl.apiResources().apiClient(client).execute()).isNotEmpty();
        var applied =
                Kubectl.apply(V1ConfigMap.class)
                        .apiClient(client)
                        .resource(
                                (V1ConfigMap)
                                        Yaml.load(
                                                """
                                                apiVersion: v1
                                                kind: ConfigMap
                                                metadata: {name: applied, namespace: official-tools}
                                                data: {a: b}
                                                """))
                        .execute();
        assertThat(applied.getData()).containsEntry("a", "b");
    }

    private static String name(V1Deployment deployment) {
        return String.valueOf(Objects.requireNonNull(deployment.getMetadata()).getName());
    }

    private static int ready(AppsV1Api apps) {
        try {
            var status = apps.readNamespacedDeployment("verbs", NAMESPACE).execute().getStatus();
            var ready = status == null ? null : status.getReadyReplicas();
            return ready == null ? 0 : ready;
        } catch (ApiException e) {
            throw new IllegalStateException(e);
        }
    }
}

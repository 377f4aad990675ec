package io.coxswain.conformance.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.apis.ApisApi;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.AuthorizationV1Api;
import io.kubernetes.client.openapi.apis.AutoscalingV2Api;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoordinationV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import io.kubernetes.client.openapi.apis.PolicyV1Api;
import io.kubernetes.client.openapi.apis.RbacAuthorizationV1Api;
import io.kubernetes.client.openapi.apis.SchedulingV1Api;
import io.kubernetes.client.openapi.apis.StorageV1Api;
import io.kubernetes.client.openapi.apis.VersionApi;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1ResourceAttributes;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReviewSpec;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.kubernetes.client.util.PatchUtils;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The calls and models that are generated from Kubernetes' OpenAPI document: strict about what
/// they read.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedApiTest {

    private static final String NAMESPACE = "official-api";

    private final ApiClient client;
    private final CoreV1Api core;
    private final AppsV1Api apps;

    GeneratedApiTest(Server server) {
        client = Clients.inNamespace(server, NAMESPACE);
        core = new CoreV1Api(client);
        apps = new AppsV1Api(client);
    }

    @Test
    void aConfigMapLives() throws ApiException {
        var created =
                core.createNamespacedConfigMap(NAMESPACE, config("lives", Map.of("a", "1")))
                        .execute();
        assertThat(metadata(created.getMetadata()).getUid()).isNotEmpty();

        created.setData(Map.of("a", "2"));
        var replaced =
                core.replaceNamespacedConfigMap("lives", NAMESPACE, created)
                        .fieldManager("conformance")
                        .execute();
        assertThat(replaced.getData()).containsEntry("a", "2");
        assertThatThrownBy(() ->
                        core.replaceNamespacedConfigMap("lives", NAMESPACE, created).execute())
                .asInstanceOf(type(ApiException.class))
                .extracting(ApiException::getCode)
                .isEqualTo(409);

        var status = core.deleteNamespacedConfigMap("lives", NAMESPACE).execute();
        assertThat(status.getStatus()).isEqualTo("Success");
        assertThatThrownBy(() -> core.readNamespacedConfigMap("lives", NAMESPACE).execute())
                .asInstanceOf(type(ApiException.class))
                .satisfies(error -> {
                    assertThat(error.getCode()).isEqualTo(404);
                    assertThat(error.getResponseBody())
                            .contains("configmaps \\\"lives\\\" not found");
                });
    }

    @Test
    void everyPatchFormatWorks() throws ApiException {
        apps.createNamespacedDeployment(NAMESPACE, deployment("patched")).execute();

        assertThat(
                        patch(
                                V1Patch.PATCH_FORMAT_JSON_PATCH,
                                """
                                [{"op": "replace", "path": "/spec/replicas", "value": 3}]\
                                """))
                .satisfies(it -> assertThat(spec(it).getReplicas()).isEqualTo(3));
        assertThat(
                        patch(
                                V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                                """
                                {"metadata": {"labels": {"merge": "yes"}}}\
                                """))
                .satisfies(it ->
                        assertThat(metadata(it.getMetadata()).getLabels())
                                .containsEntry("merge", "yes"));
        assertThat(
                        patch(
                                V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
                                """
                                {"spec": {"template": {"spec": {"containers": [
                                  {"name": "side", "image": "localhost/side:1"}]}}}}\
                                """))
                .satisfies(it ->
                        assertThat(containers(it))
                                .extracting(V1Container::getName)
                                .containsExactlyInAnyOrder("main", "side"));
        var applied =
                PatchUtils.patch(
                        V1Deployment.class,
                        () ->
                                apps.patchNamespacedDeployment(
                                                "patched",
                                                NAMESPACE,
                                                new V1Patch(
                                                        """
                                                        {"apiVersion": "apps/v1",
                                                         "kind": "Deployment",
                                                         "metadata": {"name": "patched"},
                                                         "spec": {"minReadySeconds": 5}}\
                                                        """))
                                        .fieldManager("conformance")
                                        .force(true)
                                        .buildCall(null),
                        V1Patch.PATCH_FORMAT_APPLY_YAML,
                        client);
        assertThat(spec(applied).getMinReadySeconds()).isEqualTo(5);
    }

    @Test
    void theScaleIsReadAndWritten() throws ApiException {
        apps.createNamespacedDeployment(NAMESPACE, deployment("scaled")).execute();
        Waiting.until("the scale is written", () -> scaled("scaled", 2));
        Waiting.until("two pods are ready", () -> ready("scaled") == 2);
    }

    @Test
    void quantitiesAndPortsComeBack() throws ApiException {
        var service =
                core.createNamespacedService(
                                NAMESPACE,
                                new V1Service()
                                        .metadata(new V1ObjectMeta().name("ports"))
                                        .spec(
                                                new V1ServiceSpec()
                                                        .addPortsItem(
                                                                new V1ServicePort()
                                                                        .name("named")
                                                                        .port(80)
                                                                        .targetPort(
                                                                                new IntOrString(
                                                                                        "http")))
                                                        .addPortsItem(
                                                                new V1ServicePort()
                                                                        .name("numbered")
                                                                        .port(81)
                                                                        .targetPort(
                                                                                new IntOrString(
                                                                                        8080)))))
                        .execute();
        assertThat(service.getSpec()).isNotNull();
        assertThat(service.getSpec().getPorts())
                .extracting(V1ServicePort::getTargetPort)
                .containsExactly(new IntOrString("http"), new IntOrString(8080));
        var deployment = deployment("quantities");
        containers(deployment)
                .getFirst()
                .setResources(
                        new V1ResourceRequirements()
                                .putRequestsItem("cpu", new Quantity("0.1"))
                                .putRequestsItem("memory", new Quantity("128Mi")));
        var created = apps.createNamespacedDeployment(NAMESPACE, deployment).execute();
        var resources = containers(created).getFirst().getResources();
        assertThat(resources).isNotNull();
        assertThat(resources.getRequests())
                .containsEntry("cpu", new Quantity("100m"))
                .containsEntry("memory", new Quantity("128Mi"));
    }

    @Test
    void listsOfEveryGroupAreRead() throws ApiException {
        assertThat(core.listNamespace().execute().getItems()).isNotEmpty();
        assertThat(core.listNode().execute().getItems()).isNotEmpty();
        assertThat(core.listEventForAllNamespaces().limit(5).execute()).isNotNull();
        assertThat(apps.listControllerRevisionForAllNamespaces().execute()).isNotNull();
        assertThat(new BatchV1Api(client).listCronJobForAllNamespaces().execute()).isNotNull();
        assertThat(new NetworkingV1Api(client).listServiceCIDR().execute().getItems()).isNotEmpty();
        assertThat(new RbacAuthorizationV1Api(client).listClusterRole().execute().getItems())
                .isNotEmpty();
        assertThat(new SchedulingV1Api(client).listPriorityClass().execute().getItems())
                .extracting(it -> metadata(it.getMetadata()).getName())
                .contains("system-node-critical");
        assertThat(new StorageV1Api(client).listStorageClass().execute()).isNotNull();
        assertThat(new PolicyV1Api(client).listPodDisruptionBudgetForAllNamespaces().execute())
                .isNotNull();
        assertThat(
                        new AutoscalingV2Api(client)
                                .listHorizontalPodAutoscalerForAllNamespaces()
                                .execute())
                .isNotNull();
        assertThat(new CoordinationV1Api(client).listNamespacedLease("kube-node-lease").execute())
                .satisfies(it -> assertThat(it.getItems()).isNotEmpty());
    }

    @Test
    void aListComesInPages() throws ApiException {
        for (var i = 0; i < 5; i++) {
            core.createNamespacedConfigMap(NAMESPACE, config("page-" + i, Map.of())).execute();
        }
        var first = core.listNamespacedConfigMap(NAMESPACE).limit(2).execute();
        assertThat(first.getItems()).hasSize(2);
        var next = first.getMetadata();
        assertThat(next).isNotNull();
        assertThat(next.getRemainingItemCount()).isGreaterThanOrEqualTo(3);
        var second =
                core.listNamespacedConfigMap(NAMESPACE)
                        .limit(2)
                        ._continue(next.getContinue())
                        .execute();
        assertThat(second.getItems())
                .extracting(it -> metadata(it.getMetadata()).getName())
                .doesNotContainAnyElementsOf(
                        first.getItems().stream()
                                .map(it -> metadata(it.getMetadata()).getName())
                                .toList());
    }

    @Test
    void theServerSaysWhatItIs() throws ApiException {
        assertThat(new VersionApi(client).getCode().execute().getMinor()).startsWith("36");
        assertThat(new ApisApi(client).getAPIVersions().execute().getGroups())
                .extracting("name")
                .contains("apps", "batch", "rbac.authorization.k8s.io");
        var review =
                new AuthorizationV1Api(client)
                        .createSelfSubjectAccessReview(
                                new V1SelfSubjectAccessReview()
                                        .spec(
                                                new V1SelfSubjectAccessReviewSpec()
                                                        .resourceAttributes(
                                                                new V1ResourceAttributes()
                                                                        .verb("get")
                                                                        .resource("pods"))))
                        .execute();
        assertThat(review.getStatus()).isNotNull();
        assertThat(review.getStatus().getAllowed()).isTrue();
    }

    @Test
    void anObjectIsTheSameAfterARoundTrip() throws ApiException {
        var created = apps.createNamespacedDeployment(NAMESPACE, deployment("round")).execute();
        var text = JSON.serialize(created);
        assertThat(JSON.<V1Deployment>deserialize(text, V1Deployment.class)).isEqualTo(created);
    }

    private V1Deployment patch(String format, String patch) throws ApiException {
        return PatchUtils.patch(
                V1Deployment.class,
                () ->
                        apps.patchNamespacedDeployment("patched", NAMESPACE, new V1Patch(patch))
                                .buildCall(null),
                format,
                client);
    }

    /// False when somebody else was first.
    private boolean scaled(String name, int replicas) {
        try {
            var scale = apps.readNamespacedDeploymentScale(name, NAMESPACE).execute();
            Objects.requireNonNull(scale.getSpec()).setReplicas(replicas);
            apps.replaceNamespacedDeploymentScale(name, NAMESPACE, scale).execute();
            return true;
        } catch (ApiException e) {
            assertThat(e.getCode()).isEqualTo(409);
            return false;
        }
    }

    private int ready(String name) {
        try {
            var status = apps.readNamespacedDeploymentStatus(name, NAMESPACE).execute().getStatus();
            var ready = status == null ? null : status.getReadyReplicas();
            return ready == null ? 0 : ready;
        } catch (ApiException e) {
            throw new IllegalStateException(e.getResponseBody(), e);
        }
    }

    private static V1ObjectMeta metadata(@Nullable V1ObjectMeta metadata) {
        return Objects.requireNonNull(metadata);
    }

    private static V1DeploymentSpec spec(V1Deployment deployment) {
        return Objects.requireNonNull(deployment.getSpec());
    }

    private static List<V1Container> containers(V1Deployment deployment) {
        return Objects.requireNonNull(spec(deployment).getTemplate().getSpec()).getContainers();
    }

    static V1ConfigMap config(String name, Map<String, String> data) {
        return new V1ConfigMap().metadata(new V1ObjectMeta().name(name)).data(data);
    }

    static V1Deployment deployment(String name) {
        var labels = Map.of("app", name);
        var container = new V1Container().name("main").image("localhost/main:1");
        var template =
                new V1PodTemplateSpec()
                        .metadata(new V1ObjectMeta().labels(labels))
                        .spec(new V1PodSpec().addContainersItem(container));
        var spec =
                new V1DeploymentSpec()
                        .replicas(0)
                        .selector(new V1LabelSelector().matchLabels(labels))
                        .template(template);
        return new V1Deployment().metadata(new V1ObjectMeta().name(name)).spec(spec);
    }
}

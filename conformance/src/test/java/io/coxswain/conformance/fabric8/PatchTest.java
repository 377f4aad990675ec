package io.coxswain.conformance.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What each way of changing an object does to it, and what the client is told when it must not.
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatchTest {

    private final KubernetesClient client;

    PatchTest(Server server) {
        client = Connections.inNamespace(server, "fabric8-patch");
    }

    @AfterAll
    void close() {
        client.close();
    }

    @Test
    void aStrategicPatchMergesContainersByName() {
        client.resource(deployment("strategic")).create();

        var patched =
                deployments("strategic")
                        .patch(
                                PatchContext.of(PatchType.STRATEGIC_MERGE),
                                """
                                spec:
                                  template:
                                    spec:
                                      containers:
                                      - {name: side, image: "localhost/side:1"}
                                """);

        assertThat(patched.getSpec().getTemplate().getSpec().getContainers())
                .extracting("name")
                .containsExactlyInAnyOrder("main", "side");
    }

    @Test
    void aMergePatchReplacesTheList() {
        client.resource(deployment("merge")).create();

        var patched =
                deployments("merge")
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                """
                                spec:
                                  template:
                                    spec:
                                      containers:
                                      - {name: side, image: "localhost/side:1"}
                                """);

        assertThat(patched.getSpec().getTemplate().getSpec().getContainers())
                .extracting("name")
                .containsExactly("side");
    }

    @Test
    void editComputesThePatchItself() {
        client.resource(config("edited", Map.of("a", "1", "b", "2"))).create();

        var edited =
                client.configMaps()
                        .withName("edited")
                        .edit(it ->
                                new ConfigMapBuilder(it)
                                        .removeFromData("a")
                                        .addToData("c", "3")
                                        .build());

        assertThat(edited.getData()).isEqualTo(Map.of("b", "2", "c", "3"));
    }

    @Test
    void replaceNeedsTheVersionThatWasRead() {
        var created = client.resource(config("locked", Map.of("a", "1"))).create();
        client.configMaps()
                .withName("locked")
                .edit(it -> new ConfigMapBuilder(it).addToData("a", "2").build());

        var stale = new ConfigMapBuilder(created).addToData("a", "3").build();

        assertThatThrownBy(() -> client.resource(stale).lockResourceVersion().update())
                .asInstanceOf(type(KubernetesClientException.class))
                .satisfies(error -> {
                    assertThat(error.getCode()).isEqualTo(409);
                    assertThat(error.getStatus().getReason()).isEqualTo("Conflict");
                    assertThat(error.getStatus().getMessage())
                            .contains(
                                    "the object has been modified; please apply your"
                                            + " changes to the latest version and try"
                                            + " again");
                });
        stale.getMetadata().setResourceVersion(null);
        assertThat(client.resource(stale).update().getData()).containsEntry("a", "3");
    }

    @Test
    void applyKeepsWhatOthersOwnAndSaysWhoThatIs() {
        client.resource(config("applied", Map.of("mine", "1", "shared", "1")))
                .fieldManager("one")
                .serverSideApply();
        var other = config("applied", Map.of("theirs", "2", "shared", "2"));

        assertThatThrownBy(() -> client.resource(other).fieldManager("two").serverSideApply())
                .asInstanceOf(type(KubernetesClientException.class))
                .satisfies(error -> {
                    assertThat(error.getCode()).isEqualTo(409);
                    assertThat(error.getStatus().getDetails().getCauses())
                            .singleElement()
                            .satisfies(it -> {
                                assertThat(it.getReason()).isEqualTo("FieldManagerConflict");
                                assertThat(it.getMessage()).isEqualTo("conflict with \"one\"");
                                assertThat(it.getField()).isEqualTo(".data.shared");
                            });
                });

        var forced = client.resource(other).fieldManager("two").forceConflicts().serverSideApply();
        assertThat(forced.getData()).isEqualTo(Map.of("mine", "1", "shared", "2", "theirs", "2"));

        var dropped =
                client.resource(config("applied", Map.of("shared", "2")))
                        .fieldManager("two")
                        .serverSideApply();
        assertThat(dropped.getData()).isEqualTo(Map.of("mine", "1", "shared", "2"));
    }

    @Test
    void aDryRunLeavesNothing() {
        client.resource(config("dry", Map.of())).dryRun().create();

        assertThat(client.configMaps().withName("dry").get()).isNull();
    }

    @Test
    void theStatusIsPatchedOnItsOwn() {
        var ingress =
                new IngressBuilder()
                        .withNewMetadata()
                        .withName("status")
                        .endMetadata()
                        .withNewSpec()
                        .withIngressClassName("before")
                        .withNewDefaultBackend()
                        .withNewService()
                        .withName("none")
                        .withNewPort()
                        .withNumber(80)
                        .endPort()
                        .endService()
                        .endDefaultBackend()
                        .endSpec()
                        .build();
        client.resource(ingress).create();

        var patched =
                client.network()
                        .v1()
                        .ingresses()
                        .withName("status")
                        .editStatus(it ->
                                new IngressBuilder(it)
                                        .editSpec()
                                        .withIngressClassName("after")
                                        .endSpec()
                                        .withNewStatus()
                                        .withNewLoadBalancer()
                                        .addNewIngress()
                                        .withIp("192.0.2.1")
                                        .endIngress()
                                        .endLoadBalancer()
                                        .endStatus()
                                        .build());

        assertThat(patched.getStatus().getLoadBalancer().getIngress())
                .extracting("ip")
                .containsExactly("192.0.2.1");
        assertThat(patched.getSpec().getIngressClassName()).isEqualTo("before");
    }

    @Test
    void anInvalidObjectIsRefusedFieldByField() {
        var service =
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName("Bad_Name")
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(99999)
                        .endPort()
                        .endSpec()
                        .build();

        assertThatThrownBy(() -> client.resource(service).create())
                .asInstanceOf(type(KubernetesClientException.class))
                .satisfies(error -> {
                    assertThat(error.getCode()).isEqualTo(422);
                    assertThat(error.getStatus().getReason()).isEqualTo("Invalid");
                    assertThat(error.getStatus().getDetails().getCauses())
                            .extracting("field")
                            .contains("metadata.name", "spec.ports[0].port");
                });
    }

    @Test
    void createOrReplaceAndDeleteWork() {
        var first = client.resource(config("replaced", Map.of("a", "1"))).createOr(r -> r.update());
        var second =
                client.resource(config("replaced", Map.of("b", "1"))).createOr(r -> r.update());

        assertThat(second.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
        assertThat(second.getData()).isEqualTo(Map.of("b", "1"));
        assertThat(
                        client.configMaps()
                                .withName("replaced")
                                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                                .delete())
                .hasSize(1);
        client.configMaps()
                .withName("replaced")
                .waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS); // By the collector.
        assertThat(client.configMaps().withName("replaced").delete()).isEmpty();
    }

    private io.fabric8.kubernetes.client.dsl.RollableScalableResource<Deployment> deployments(
            String name) {
        return client.apps().deployments().withName(name);
    }

    private static ConfigMap config(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(data)
                .build();
    }

    private static Deployment deployment(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .withContainers(
                        new ContainerBuilder()
                                .withName("main")
                                .withImage("localhost/main:1")
                                .build())
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}

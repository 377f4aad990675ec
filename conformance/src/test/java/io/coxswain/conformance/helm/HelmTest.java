package io.coxswain.conformance.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.ReleaseHistory;
import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The life of one release, in order: each step finds what the one before has left.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HelmTest {

    private static final String NAMESPACE = "helm";
    private static final String NAME = "sample";
    private static final Path CHART =
            Server.top().resolve("conformance/src/test/resources/charts/sample");
    private static final int SECONDS = 60;

    private final Path kubeconfig;
    private final KubernetesClient client;

    HelmTest(Server server) throws IOException {
        kubeconfig = server.kubeconfig();
        client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                        .build();
    }

    @AfterAll
    void close() {
        client.close();
    }

    @Test
    @Order(1)
    void installsWithDefinitionsAndHooksAndWaits() {
        var release =
                new Helm(CHART)
                        .install()
                        .withName(NAME)
                        .withNamespace(NAMESPACE)
                        .createNamespace()
                        .withKubeConfig(kubeconfig)
                        .waitReady()
                        .withTimeout(SECONDS)
                        .call();

        assertThat(release.getStatus()).isEqualTo("deployed");
        assertThat(release.getRevision()).isEqualTo("1");
        assertThat(ready()).isEqualTo(2);
        assertThat(gadget().getAdditionalProperties()).containsEntry("spec", Map.of("size", 2));
        assertThat(data())
                .containsEntry("policies", "true")
                .hasEntrySatisfying("version", it -> assertThat(it).startsWith("36"));
        assertThat(jobs()).contains("sample-pre-install", "sample-post-install");
    }

    @Test
    @Order(2)
    void listsAndDescribesIt() {
        assertThat(Helm.list().withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call())
                .extracting(Release::getName, Release::getStatus)
                .containsExactly(org.assertj.core.api.Assertions.tuple(NAME, "deployed"));
        assertThat(Helm.list().allNamespaces().withKubeConfig(kubeconfig).call()).hasSize(1);
        var status = Helm.status(NAME).withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call();
        assertThat(status.getChart()).isEqualTo("sample-1.0.0");
    }

    @Test
    @Order(3)
    void runsItsTest() {
        var tested =
                Helm.test(NAME)
                        .withNamespace(NAMESPACE)
                        .withKubeConfig(kubeconfig)
                        .withTimeout(SECONDS)
                        .call();
        assertThat(tested.getStatus()).isEqualTo("deployed");
        var pod = client.pods().inNamespace(NAMESPACE).withName("sample-test").get();
        assertThat(pod.getStatus().getPhase()).isEqualTo("Succeeded");
    }

    @Test
    @Order(4)
    void upgrades() {
        var release =
                new Helm(CHART)
                        .upgrade()
                        .withName(NAME)
                        .withNamespace(NAMESPACE)
                        .withKubeConfig(kubeconfig)
                        .set("replicas", 3)
                        .set("image", "localhost/sample:2")
                        .waitReady()
                        .withTimeout(SECONDS)
                        .call();

        assertThat(release.getRevision()).isEqualTo("2");
        assertThat(ready()).isEqualTo(3);
        assertThat(data()).containsEntry("replicas", "3");
        assertThat(jobs()).contains("sample-pre-upgrade");
    }

    /// The library has no call for a rollback; an atomic upgrade that fails makes one.
    @Test
    @Order(5)
    void anUpgradeThatFailsIsRolledBack() {
        var failing =
                new Helm(CHART)
                        .upgrade()
                        .withName(NAME)
                        .withNamespace(NAMESPACE)
                        .withKubeConfig(kubeconfig)
                        .set("broken", true)
                        .set("replicas", 1)
                        .atomic()
                        .withTimeout(5);

        assertThatThrownBy(failing::call).hasMessageContaining("rolled back");
        assertThat(data()).containsEntry("replicas", "3");
        assertThat(Helm.history(NAME).withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call())
                .extracting(ReleaseHistory::getStatus)
                .containsExactly("superseded", "superseded", "failed", "deployed");
        assertThat(ready()).isEqualTo(3);
    }

    @Test
    @Order(6)
    void aDryRunOnTheServerLeavesNothing() {
        var release =
                new Helm(CHART)
                        .install()
                        .withName("dry")
                        .withNamespace(NAMESPACE)
                        .withKubeConfig(kubeconfig)
                        .dryRun()
                        .withDryRunOption(com.marcnuri.helm.DryRun.SERVER)
                        .call();
        assertThat(release.getStatus()).isEqualTo("pending-install");
        assertThat(client.apps().deployments().inNamespace(NAMESPACE).withName("dry").get())
                .isNull();
    }

    @Test
    @Order(7)
    void uninstallsAndLeavesTheDefinition() {
        var said = Helm.uninstall(NAME).withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call();
        assertThat(said).contains("release \"sample\" uninstalled");
        assertThat(client.apps().deployments().inNamespace(NAMESPACE).list().getItems()).isEmpty();
        assertThat(Helm.list().withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call())
                .isEmpty();
        var definitions = client.apiextensions().v1().customResourceDefinitions();
        assertThat(definitions.withName("gadgets.sample.example.com").delete()).hasSize(1);
        assertThat(client.namespaces().withName(NAMESPACE).delete()).hasSize(1);
    }

    private int ready() {
        var deployment = client.apps().deployments().inNamespace(NAMESPACE).withName(NAME).get();
        return deployment.getStatus().getReadyReplicas();
    }

    private Map<String, String> data() {
        return client.configMaps().inNamespace(NAMESPACE).withName(NAME).get().getData();
    }

    private List<String> jobs() {
        return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems().stream()
                .map(it -> it.getMetadata().getName())
                .toList();
    }

    private GenericKubernetesResource gadget() {
        return client.genericKubernetesResources("sample.example.com/v1", "Gadget")
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
    }
}

package io.coxswain.conformance.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.util.CallGenerator;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Informers of both clients go on where they were, however the server went.
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartTest {

    private static final Duration BACK_MAX = Duration.ofSeconds(60);
    private static final String NAMESPACE = "default";

    private final Server server = Server.start(0);
    private final KubernetesClient fabric8 = fabric8();
    private final CoreV1Api official = official();

    @AfterAll
    void close() {
        fabric8.close();
        server.close();
    }

    @Test
    void informersGoOnAfterAnOrderlyEnd() {
        goesOn("orderly", Process::destroy);
    }

    @Test
    void informersGoOnAfterAKill() {
        goesOn("killed", Process::destroyForcibly);
    }

    private void goesOn(String test, Consumer<Process> end) {
        create("old", test);
        create("kept", test);
        var factory = new SharedInformerFactory(official.getApiClient());
        try (var one =
                fabric8.configMaps().inNamespace(NAMESPACE).withLabel("test", test).inform()) {
            var other =
                    factory.sharedIndexInformerFor(
                            following(test), V1ConfigMap.class, V1ConfigMapList.class);
            factory.startAllRegisteredInformers();
            Supplier<Set<String>> first = () -> names(one);
            Supplier<Set<String>> second =
                    () ->
                            other.getIndexer().list().stream()
                                    .map(it -> Objects.requireNonNull(it.getMetadata()).getName())
                                    .collect(Collectors.toSet());
            bothHave(first, second, Set.of("old-" + test, "kept-" + test));

            server.restart(end);

            var maps = fabric8.configMaps().inNamespace(NAMESPACE);
            assertThat(maps.withName("kept-" + test).get()).isNotNull();
            maps.withName("old-" + test).delete();
            create("new", test);
            bothHave(first, second, Set.of("new-" + test, "kept-" + test));
        } finally {
            factory.stopAllRegisteredInformers();
        }
    }

    private static void bothHave(
            Supplier<Set<String>> one, Supplier<Set<String>> other, Set<String> names) {
        Waiting.until("fabric8 has " + names, BACK_MAX, () -> one.get().equals(names));
        Waiting.until("the official one has " + names, BACK_MAX, () -> other.get().equals(names));
    }

    private static Set<String> names(SharedIndexInformer<ConfigMap> informer) {
        return informer.getStore().list().stream()
                .map(it -> it.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private CallGenerator following(String test) {
        return parameters ->
                official.listNamespacedConfigMap(NAMESPACE)
                        .labelSelector("test=" + test)
                        .resourceVersion(parameters.resourceVersion)
                        .timeoutSeconds(parameters.timeoutSeconds)
                        .watch(parameters.watch)
                        .buildCall(null);
    }

    private void create(String name, String test) {
        fabric8.resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName(name + "-" + test)
                                .withNamespace(NAMESPACE)
                                .addToLabels("test", test)
                                .endMetadata()
                                .build())
                .create();
    }

    private KubernetesClient fabric8() {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(Files.readString(server.kubeconfig())))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CoreV1Api official() {
        try (var reader = Files.newBufferedReader(server.kubeconfig())) {
            return new CoreV1Api(
                    ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

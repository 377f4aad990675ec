package io.coxswain.conformance.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Local copies of collections: filled, followed, indexed, told again, filled page by page.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InformerTest {

    private final KubernetesClient client;

    InformerTest(Server server) {
        client = Connections.inNamespace(server, "fabric8-informer");
    }

    @AfterAll
    void close() {
        client.close();
    }

    /// Writes down what it is told.
    private static final class Recorder implements ResourceEventHandler<ConfigMap> {
        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void onAdd(ConfigMap map) {
            seen.add("add " + map.getMetadata().getName());
        }

        @Override
        public void onUpdate(ConfigMap before, ConfigMap after) {
            var same =
                    before.getMetadata()
                            .getResourceVersion()
                            .equals(after.getMetadata().getResourceVersion());
            seen.add((same ? "again " : "update ") + after.getMetadata().getName());
        }

        @Override
        public void onDelete(ConfigMap map, boolean unknown) {
            seen.add("delete " + map.getMetadata().getName());
        }
    }

    @Test
    void followsACollection() {
        client.resource(config("early", "follow")).create();
        var recorder = new Recorder();
        try (var informer = client.configMaps().withLabel("test", "follow").inform(recorder, 0L)) {
            assertThat(informer.hasSynced()).isTrue();
            assertThat(informer.getStore().list()).hasSize(1);

            client.resource(config("late", "follow")).create();
            client.configMaps()
                    .withName("late")
                    .edit(it -> new ConfigMapBuilder(it).addToData("a", "b").build());
            client.configMaps().withName("early").delete();

            Waiting.until(
                    "all is told, not " + recorder.seen,
                    () ->
                            recorder.seen.equals(
                                    List.of(
                                            "add early",
                                            "add late",
                                            "update late",
                                            "delete early")));
            assertThat(informer.getStore().list())
                    .extracting("data")
                    .containsExactly(Map.of("a", "b"));
            assertThat(informer.isWatching()).isTrue();
        }
    }

    @Test
    void looksUpByAnIndex() {
        for (var i = 0; i < 10; i++) {
            client.resource(config("indexed-" + i, "index")).create();
        }
        try (var informer = indexed()) {
            Waiting.until(
                    "five are even",
                    () -> informer.getIndexer().byIndex("parity", "0").size() == 5);
            client.configMaps().withName("indexed-0").delete();
            Waiting.until(
                    "four are even",
                    () -> informer.getIndexer().byIndex("parity", "0").size() == 4);
            assertThat(informer.getIndexer().byIndex("parity", "1")).hasSize(5);
        }
    }

    private SharedIndexInformer<ConfigMap> indexed() {
        var informer = client.configMaps().withLabel("test", "index").runnableInformer(0);
        informer.addIndexers(
                Map.of(
                        "parity",
                        map -> {
                            var name = map.getMetadata().getName();
                            var last = Integer.parseInt(name.substring(name.length() - 1));
                            return List.of(String.valueOf(last % 2));
                        }));
        informer.start().toCompletableFuture().join();
        return informer;
    }

    @Test
    void tellsEverythingAgainFromTimeToTime() {
        client.resource(config("resync", "resync")).create();
        var recorder = new Recorder();
        try (var _ = client.configMaps().withLabel("test", "resync").inform(recorder, 200L)) {
            Waiting.until(
                    "told twice more",
                    () -> recorder.seen.stream().filter("again resync"::equals).count() >= 2);
        }
    }

    @Test
    void isFilledPageByPage() {
        for (var i = 0; i < 23; i++) {
            client.resource(config("paged-" + i, "pages")).create();
        }
        try (var informer =
                client.configMaps()
                        .withLabel("test", "pages")
                        .runnableInformer(0)
                        .initialState(java.util.stream.Stream.empty())) {
            informer.start().toCompletableFuture().join();
            assertThat(informer.getStore().list()).hasSize(23);
        }
        var page = client.configMaps().withLabel("test", "pages").list(limited(10, null));
        assertThat(page.getItems()).hasSize(10);
        assertThat(page.getMetadata().getRemainingItemCount()).isNull();
        var next =
                client.configMaps()
                        .withLabel("test", "pages")
                        .list(limited(10, page.getMetadata().getContinue()));
        var last =
                client.configMaps()
                        .withLabel("test", "pages")
                        .list(limited(10, next.getMetadata().getContinue()));
        assertThat(last.getItems()).hasSize(3);
        assertThat(last.getMetadata().getContinue()).isNullOrEmpty();
        assertThat(last.getMetadata().getResourceVersion())
                .isEqualTo(page.getMetadata().getResourceVersion());
    }

    private static io.fabric8.kubernetes.api.model.ListOptions limited(
            long limit, @org.jspecify.annotations.Nullable String after) {
        return new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                .withLimit(limit)
                .withContinue(after)
                .build();
    }

    @Test
    void aFactoryStartsManyAtOnce() {
        var informers = client.informers();
        var maps = informers.sharedIndexInformerFor(ConfigMap.class, 0);
        var pods = informers.sharedIndexInformerFor(Pod.class, 0);
        assertThat(informers.startAllRegisteredInformers()).isNotNull();
        Waiting.until("both are filled", () -> maps.hasSynced() && pods.hasSynced());
        Waiting.until(
                "the root certificates are there",
                () ->
                        maps.getStore().list().stream()
                                .anyMatch(it ->
                                        it.getMetadata().getName().equals("kube-root-ca.crt")));
        informers.stopAllRegisteredInformers();
    }

    private static ConfigMap config(String name, String test) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("test", test)
                .endMetadata()
                .build();
    }
}

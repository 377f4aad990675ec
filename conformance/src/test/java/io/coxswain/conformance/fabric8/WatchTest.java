package io.coxswain.conformance.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Watches as this client asks for them: over a WebSocket, begun again when they end.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchTest {

    private final KubernetesClient client;

    WatchTest(Server server) {
        client = Connections.inNamespace(server, "fabric8-watch");
    }

    @AfterAll
    void close() {
        client.close();
    }

    /// Writes down what it is told.
    private static final class Recorder implements Watcher<ConfigMap> {
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final AtomicBoolean closed = new AtomicBoolean();
        private volatile @Nullable WatcherException failure;

        @Override
        public void eventReceived(Action action, ConfigMap map) {
            var data = map == null || map.getData() == null ? Map.of() : map.getData();
            seen.add(action + " " + (map == null ? "" : map.getMetadata().getName()) + data);
        }

        @Override
        public void onClose(WatcherException cause) {
            failure = cause;
            closed.set(true);
        }

        @Override
        public void onClose() {
            closed.set(true);
        }

        void awaits(String... lines) {
            Waiting.until(
                    "the watch has seen " + List.of(lines) + ", not " + seen,
                    () -> seen.equals(List.of(lines)));
        }
    }

    @Test
    void everyChangeArrivesInOrder() {
        var recorder = new Recorder();
        try (var _ = client.configMaps().withLabel("test", "order").watch(recorder)) {
            var map = client.resource(config("order", "order", "1")).create();
            client.resource(new ConfigMapBuilder(map).addToData("value", "2").build()).update();
            client.resource(map).delete();

            recorder.awaits(
                    "ADDED order{value=1}", "MODIFIED order{value=2}", "DELETED order{value=2}");
        }
        Waiting.until("the watch is closed", recorder.closed::get);
        assertThat(recorder.failure).isNull();
    }

    @Test
    void aWatchFromARevisionMissesNothing() {
        var before = client.configMaps().list().getMetadata().getResourceVersion();
        client.resource(config("past", "past", "1")).create();
        client.configMaps()
                .withName("past")
                .edit(it -> new ConfigMapBuilder(it).addToData("value", "2").build());

        var recorder = new Recorder();
        try (var _ =
                client.configMaps()
                        .withLabel("test", "past")
                        .watch(
                                new ListOptionsBuilder().withResourceVersion(before).build(),
                                recorder)) {
            recorder.awaits("ADDED past{value=1}", "MODIFIED past{value=2}");
        }
    }

    @Test
    void oneObjectIsWatchedByName() {
        var recorder = new Recorder();
        client.resource(config("other", "name", "1")).create();
        try (var _ = client.configMaps().withName("one").watch(recorder)) {
            client.resource(config("one", "name", "1")).create();
            client.resource(config("another", "name", "1")).create();
            client.configMaps().withName("one").delete();

            recorder.awaits("ADDED one{value=1}", "DELETED one{value=1}");
        }
    }

    @Test
    void anObjectThatLeavesTheSelectionIsDeletedFromIt() {
        var recorder = new Recorder();
        try (var _ = client.configMaps().withLabel("test", "leaving").watch(recorder)) {
            client.resource(config("leaving", "leaving", "1")).create();
            client.configMaps()
                    .withName("leaving")
                    .edit(it ->
                            new ConfigMapBuilder(it)
                                    .editMetadata()
                                    .addToLabels("test", "left")
                                    .endMetadata()
                                    .build());

            recorder.awaits("ADDED leaving{value=1}", "DELETED leaving{value=1}");
        }
    }

    @Test
    void aWatchGoesOnAfterTheServerHasEndedIt() {
        var recorder = new Recorder();
        var options = new ListOptionsBuilder().withTimeoutSeconds(1L).build();
        try (var _ = client.configMaps().withLabel("test", "again").watch(options, recorder)) {
            client.resource(config("again-1", "again", "1")).create();
            recorder.awaits("ADDED again-1{value=1}");
            Waiting.until("the server has ended the watch", new Countdown(60)::over);
            client.resource(config("again-2", "again", "1")).create();
            recorder.awaits("ADDED again-1{value=1}", "ADDED again-2{value=1}");
        }
    }

    @Test
    void whoMayNotWatchIsTold() {
        var config =
                new ConfigBuilder(client.getConfiguration()).withImpersonateUsername("eve").build();
        try (var eve = new KubernetesClientBuilder().withConfig(config).build()) {
            assertThatThrownBy(() -> eve.configMaps().watch(new Recorder()))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("Received 403 on websocket");
        }
    }

    /// Is over after it was asked so many times.
    private static final class Countdown {
        private int left;

        private Countdown(int times) {
            left = times;
        }

        boolean over() {
            return --left < 0;
        }
    }

    private static ConfigMap config(String name, String test, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("test", test)
                .endMetadata()
                .addToData("value", value)
                .build();
    }
}

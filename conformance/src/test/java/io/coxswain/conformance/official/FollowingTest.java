package io.coxswain.conformance.official;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.reflect.TypeToken;
import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.extended.pager.Pager;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.informer.cache.Lister;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Watches, informers, pages and leader election of the official client.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowingTest {

    private static final String NAMESPACE = "official-follow";

    private final ApiClient client;
    private final CoreV1Api core;

    FollowingTest(Server server) {
        client = Clients.inNamespace(server, NAMESPACE);
        core = new CoreV1Api(client);
    }

    @Test
    void aWatchTellsEveryChange() throws ApiException, IOException {
        core.createNamespacedConfigMap(NAMESPACE, config("watched", "watch")).execute();
        try (var watch =
                Watch.<V1ConfigMap>createWatch(
                        client,
                        core.listNamespacedConfigMap(NAMESPACE)
                                .labelSelector("test=watch")
                                .watch(true)
                                .buildCall(null),
                        new TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
            assertThat(watch.next().type).isEqualTo("ADDED");
            var map = core.readNamespacedConfigMap("watched", NAMESPACE).execute();
            map.setData(Map.of("a", "b"));
            core.replaceNamespacedConfigMap("watched", NAMESPACE, map).execute();
            var changed = watch.next();
            assertThat(changed.type).isEqualTo("MODIFIED");
            assertThat(changed.object.getData()).containsEntry("a", "b");
            core.deleteNamespacedConfigMap("watched", NAMESPACE).execute();
            assertThat(watch.next().type).isEqualTo("DELETED");
        }
    }

    @Test
    void aWatchSendsBookmarksAndEnds() throws ApiException, IOException {
        try (var watch =
                Watch.<V1ConfigMap>createWatch(
                        client,
                        core.listNamespacedConfigMap(NAMESPACE)
                                .labelSelector("test=nothing")
                                .allowWatchBookmarks(true)
                                .sendInitialEvents(true)
                                .resourceVersionMatch("NotOlderThan")
                                .timeoutSeconds(1)
                                .watch(true)
                                .buildCall(null),
                        new TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
            var bookmark = watch.next();
            assertThat(bookmark.type).isEqualTo("BOOKMARK");
            assertThat(Objects.requireNonNull(bookmark.object.getMetadata()).getAnnotations())
                    .containsEntry("k8s.io/initial-events-end", "true");
            while (watch.hasNext()) {
                assertThat(watch.next().type).isEqualTo("BOOKMARK");
            }
        }
    }

    @Test
    void anInformerFollows() throws ApiException {
        core.createNamespacedConfigMap(NAMESPACE, config("before", "inform")).execute();
        var factory = new SharedInformerFactory(client);
        var informer =
                factory.sharedIndexInformerFor(
                        (CallGeneratorParams params) ->
                                core.listNamespacedConfigMap(NAMESPACE)
                                        .labelSelector("test=inform")
                                        .resourceVersion(params.resourceVersion)
                                        .timeoutSeconds(params.timeoutSeconds)
                                        .watch(params.watch)
                                        .buildCall(null),
                        V1ConfigMap.class,
                        V1ConfigMapList.class);
        var told = new CopyOnWriteArrayList<String>();
        informer.addEventHandler(new Recorder(told));
        factory.startAllRegisteredInformers();
        try {
            Waiting.until("filled", informer::hasSynced);
            core.createNamespacedConfigMap(NAMESPACE, config("after", "inform")).execute();
            core.deleteNamespacedConfigMap("before", NAMESPACE).execute();
            Waiting.until(
                    "all is told, not " + told,
                    () -> told.equals(List.of("add before", "add after", "delete before")));
            var lister = new Lister<>(informer.getIndexer(), NAMESPACE);
            Waiting.until("one is left", () -> lister.list().size() == 1);
            assertThat(lister.get("after")).isNotNull();
        } finally {
            factory.stopAllRegisteredInformers();
        }
    }

    private record Recorder(List<String> told) implements ResourceEventHandler<V1ConfigMap> {
        @Override
        public void onAdd(V1ConfigMap map) {
            told.add("add " + name(map));
        }

        @Override
        public void onUpdate(V1ConfigMap before, V1ConfigMap after) {
            told.add("update " + name(after));
        }

        @Override
        public void onDelete(V1ConfigMap map, boolean unknown) {
            told.add("delete " + name(map));
        }
    }

    @Test
    void aPagerWalksAllPages() throws ApiException {
        for (var i = 0; i < 25; i++) {
            core.createNamespacedConfigMap(NAMESPACE, config("page-" + i, "page")).execute();
        }
        var pager =
                new Pager<V1ConfigMap, V1ConfigMapList>(
                        params -> {
                            try {
                                return core.listNamespacedConfigMap(NAMESPACE)
                                        .labelSelector("test=page")
                                        .limit(params.getLimit())
                                        ._continue(params.getContinueToken())
                                        .buildCall(null);
                            } catch (ApiException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        client,
                        10,
                        V1ConfigMapList.class);
        var names = new ArrayList<String>();
        pager.forEach(map -> names.add(name(map)));
        assertThat(names).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void theLeadershipIsHandedOver() {
        var told = new CopyOnWriteArrayList<String>();
        var one = elector("one");
        var first = Thread.ofVirtual().start(() -> run(one, "one", told));
        Waiting.until("one leads", () -> told.contains("one leads"));
        var two = elector("two");
        var second = Thread.ofVirtual().start(() -> run(two, "two", told));
        first.interrupt();
        one.close();
        Waiting.until("two leads, not " + told, () -> told.contains("two leads"));
        second.interrupt();
        two.close();
    }

    private static void run(LeaderElector elector, String name, List<String> told) {
        elector.run(() -> told.add(name + " leads"), () -> told.add(name + " stops"));
    }

    private LeaderElector elector(String identity) {
        return new LeaderElector(
                new LeaderElectionConfig(
                        new LeaseLock(NAMESPACE, "lock", identity, client),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(300)));
    }

    private static V1ConfigMap config(String name, String test) {
        var map = GeneratedApiTest.config(name, Map.of());
        Objects.requireNonNull(map.getMetadata()).putLabelsItem("test", test);
        return map;
    }

    private static String name(V1ConfigMap map) {
        return String.valueOf(Objects.requireNonNull(map.getMetadata()).getName());
    }
}

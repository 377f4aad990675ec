package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.ResourceQuota;
import io.coxswain.apiserver.User;
import io.coxswain.client.ListQuery;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one server decides from its memory is what another has just changed.
@Tag("real")
class SharedDecisionsTest {

    private static final int SERVERS = 2;
    private static final int QUOTA = 12;
    private static final Duration WATCH_DELAY = Duration.ofSeconds(2);
    private static final String MAPS = "/api/v1/namespaces/team/configmaps";
    private static final String BINDINGS =
            "/apis/rbac.authorization.k8s.io/v1/namespaces/team/rolebindings";

    @TempDir Path directory;
    private SharedPlanes planes;

    @BeforeEach
    void start() throws IOException {
        planes = new SharedPlanes(directory, SERVERS);
        send(0, "POST", "/api/v1/namespaces", named("v1", "Namespace", "team"));
    }

    @AfterEach
    void stop() {
        planes.close();
    }

    private static String named(String version, String kind, String name) {
        return """
        {"apiVersion":"%s","kind":"%s","metadata":{"name":"%s"}}
        """
                .formatted(version, kind, name);
    }

    private int send(int server, String method, String path, String body) {
        var request = Request.of(method, path).withBody("application/json", Payload.of(body));
        return planes.admin(server).send(request).status();
    }

    @Test
    void aQuotaIsNotExceededByServersThatWriteAtTheSameTime() throws InterruptedException {
        var quota =
                """
                {"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"q"},
                 "spec":{"hard":{"count/configmaps":"%d"}}}
                """
                        .formatted(QUOTA);
        send(0, "POST", "/api/v1/namespaces/team/resourcequotas", quota);
        Program.await(
                "the quota counts",
                Duration.ofSeconds(20),
                () -> {
                    var known = planes.admin(1).get(ResourceQuota.class, "team", "q");
                    return known.status().hard().containsKey("count/configmaps");
                });

        var statuses = new ConcurrentHashMap<Integer, AtomicInteger>();
        var writers = new ArrayList<Thread>();
        for (var i = 0; i < 4 * QUOTA; i++) {
            var number = i;
            writers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                var status =
                                        send(
                                                number % SERVERS,
                                                "POST",
                                                MAPS,
                                                named("v1", "ConfigMap", "m" + number));
                                statuses.computeIfAbsent(status, any -> new AtomicInteger())
                                        .incrementAndGet();
                            }));
        }
        for (var writer : writers) {
            writer.join();
        }

        assertThat(statuses.keySet()).containsExactlyInAnyOrder(201, 403);
        var there = planes.admin(0).list(ConfigMap.class, ListQuery.ALL.in("team")).items();
        assertThat(there).hasSize(QUOTA);
    }

    @Test
    void aBindingOfOneServerCountsAtTheOtherAfterAWatchDelayAsDoesItsRemoval() {
        var binding =
                """
                {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding",
                 "metadata":{"name":"b"},
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole",
                  "name":"view"},
                 "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"eve"}]}
                """;
        for (var round = 0; round < 10; round++) {
            assertThat(read(1)).isEqualTo(403);
            assertThat(send(0, "POST", BINDINGS, binding)).isEqualTo(201);
            Program.await("eve may read", WATCH_DELAY, () -> read(1) == 200);
            assertThat(send(0, "DELETE", BINDINGS + "/b", "{}")).isEqualTo(200);
            Program.await("eve may no longer read", WATCH_DELAY, () -> read(1) == 403);
        }
    }

    private int read(int server) {
        return planes.client(server, User.of("eve", User.AUTHENTICATED))
                .send(Request.get(MAPS))
                .status();
    }
}

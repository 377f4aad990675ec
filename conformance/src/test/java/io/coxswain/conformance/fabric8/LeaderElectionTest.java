package io.coxswain.conformance.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.ConfigMapLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Of two candidates one leads; when it lets go the other one does.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaderElectionTest {

    private static final String NAMESPACE = "fabric8-leader";

    private final KubernetesClient client;

    LeaderElectionTest(Server server) {
        client = Connections.inNamespace(server, NAMESPACE);
    }

    @AfterAll
    void close() {
        client.close();
    }

    @Test
    void byALease() {
        handsOver(new LeaseLock(NAMESPACE, "lock", "a"), new LeaseLock(NAMESPACE, "lock", "b"));
        assertThat(client.leases().withName("lock").get().getSpec().getLeaseTransitions())
                .isPositive();
    }

    @Test
    void byAConfigMap() {
        handsOver(
                new ConfigMapLock(NAMESPACE, "map-lock", "a"),
                new ConfigMapLock(NAMESPACE, "map-lock", "b"));
    }

    private void handsOver(Lock first, Lock second) {
        var told = new CopyOnWriteArrayList<String>();
        var one = candidate(first, told);
        Waiting.until("a leads", () -> told.contains("a leads"));
        var two = candidate(second, told);
        one.cancel(true);
        Waiting.until("b leads, not " + told, () -> told.contains("b leads"));
        assertThat(told).contains("a stops");
        two.cancel(true);
        Waiting.until("b stops", () -> told.contains("b stops"));
    }

    private CompletableFuture<?> candidate(Lock lock, List<String> told) {
        var config =
                new LeaderElectionConfigBuilder()
                        .withName("conformance")
                        .withLock(lock)
                        .withLeaseDuration(Duration.ofSeconds(3))
                        .withRenewDeadline(Duration.ofSeconds(2))
                        .withRetryPeriod(Duration.ofMillis(300))
                        .withReleaseOnCancel(true)
                        .withLeaderCallbacks(
                                new LeaderCallbacks(
                                        () -> told.add(lock.identity() + " leads"),
                                        () -> told.add(lock.identity() + " stops"),
                                        leader -> told.add("leader " + leader)))
                        .build();
        return client.leaderElector().withConfig(config).build().start();
    }
}

package io.coxswain.scheduler;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.PodSchedulingGate;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.client.informer.SharedInformers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private final FakeCluster cluster = new FakeCluster();
    private final SimulatedLoops loops = new SimulatedLoops(new ManualClock(NOW), 1);
    private final Scheduler scheduler =
            new Scheduler(
                    SchedulerConfiguration.DEFAULT,
                    cluster,
                    new SharedInformers(cluster, loops, new Random(2)),
                    loops,
                    new Random(3));

    @BeforeEach
    void start() {
        scheduler.start();
    }

    @AfterEach
    void stop() {
        scheduler.close();
        loops.close();
    }

    @Test
    void bindsAPodToTheOnlyNode() {
        cluster.put(node("n1").build());
        cluster.put(pod("web").requests("cpu", "500m").build());

        loops.settle();

        assertThat(cluster.binds).containsExactly("web -> n1");
        assertThat(cluster.events)
                .containsExactly("Scheduled: Successfully assigned default/web to n1");
    }

    @Test
    void saysWhyNoNodeWillDoAndTriesAgainWhenOneComes() {
        cluster.put(node("small").allocatable("cpu", "1").build());
        cluster.put(node("tainted").tainted("gpu", "NoSchedule", null).build());
        cluster.put(pod("web").requests("cpu", "2").build());
        loops.settle();

        assertThat(cluster.binds).isEmpty();
        assertThat(cluster.events.getFirst())
                .startsWith(
                        "FailedScheduling: 0/2 nodes are available: 1 Insufficient cpu,"
                                + " 1 node(s) had untolerated taint(s).");
        assertThat(cluster.patches).containsExactly("Pod web status");

        cluster.put(node("big").build());
        loops.settle();

        assertThat(cluster.binds).containsExactly("web -> big");
    }

    @Test
    void neverPromisesMoreThanANodeHas() {
        cluster.put(node("n1").allocatable("cpu", "1").build());
        cluster.put(node("n2").allocatable("cpu", "1").build());
        for (var i = 0; i < 5; i++) {
            cluster.put(pod("p" + i).requests("cpu", "500m").build());
        }

        loops.settle();

        assertThat(cluster.binds).hasSize(4);
        assertThat(cluster.binds.stream().filter(bind -> bind.endsWith("n1"))).hasSize(2);
    }

    @Test
    void leavesOtherSchedulersPodsAlone() {
        cluster.put(node("n1").build());
        cluster.put(
                pod("theirs")
                        .spec(spec -> Edit.with(spec, PodSpec::schedulerName, "other"))
                        .build());

        loops.settle();

        assertThat(cluster.binds).isEmpty();
        assertThat(cluster.events).isEmpty();
    }

    @Test
    void waitsUntilTheLastSchedulingGateIsGone() {
        cluster.put(node("n1").build());
        var gated = List.of(new PodSchedulingGate("quota"));
        cluster.put(
                pod("web").spec(spec -> Edit.with(spec, PodSpec::schedulingGates, gated)).build());
        loops.settle();
        assertThat(cluster.binds).isEmpty();

        cluster.put(pod("web").build());
        loops.settle();

        assertThat(cluster.binds).containsExactly("web -> n1");
    }

    @Test
    void triesAgainAfterABindingWasRefused() {
        cluster.refuseBinding = Errors.internal("no leader");
        cluster.put(node("n1").build());
        cluster.put(pod("web").build());
        loops.settle();
        assertThat(cluster.binds).isEmpty();

        loops.advance(Duration.ofSeconds(1));

        assertThat(cluster.binds).containsExactly("web -> n1");
    }

    @Test
    void aPodThatEndsFreesItsPlace() {
        cluster.put(node("n1").allocatable("pods", "1").build());
        cluster.put(pod("old").on("n1").ready().build());
        cluster.put(pod("new").build());
        loops.settle();
        assertThat(cluster.binds).isEmpty();

        cluster.put(pod("old").on("n1").phase("Succeeded").build());
        loops.settle();

        assertThat(cluster.binds).containsExactly("new -> n1");
    }

    @Test
    void aPodDeletedWhileItWaitsIsForgotten() {
        cluster.put(pod("web").build());
        loops.settle();
        cluster.remove(Pod.class, "default", "web");
        cluster.put(node("n1").build());

        loops.advance(Duration.ofMinutes(10));

        assertThat(cluster.binds).isEmpty();
    }
}

package io.coxswain.scheduler;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.PodSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.client.fixture.PodNoun;
import io.coxswain.client.informer.SharedInformers;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreemptionTest {

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
    void removesALessImportantPodAndTakesItsPlace() {
        cluster.put(node("n1").allocatable("cpu", "1").build());
        cluster.put(asking("low", 0, "1").on("n1").ready().build());
        cluster.put(asking("high", 100, "1").build());

        loops.settle();

        assertThat(cluster.deletes).containsExactly("low");
        assertThat(cluster.binds).containsExactly("high -> n1");
        assertThat(cluster.events)
                .contains(
                        "FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu.",
                        "Preempted: Preempted by pod pod-high-uid on node n1");
    }

    @Test
    void removesNoMoreThanItHasToAndTheLeastImportant() {
        cluster.put(node("n1").allocatable("cpu", "3").build());
        cluster.put(asking("low", 1, "1").on("n1").ready().build());
        cluster.put(asking("lower", 0, "1").on("n1").ready().build());
        cluster.put(asking("middle", 2, "1").on("n1").ready().build());
        cluster.put(asking("high", 100, "1").build());

        loops.settle();

        assertThat(cluster.deletes).containsExactly("lower");
    }

    @Test
    void choosesTheNodeWhereItDoesLeastHarm() {
        cluster.put(node("n1").allocatable("cpu", "1").build());
        cluster.put(node("n2").allocatable("cpu", "1").build());
        cluster.put(asking("dear", 50, "1").on("n1").ready().build());
        cluster.put(asking("cheap", 5, "1").on("n2").ready().build());
        cluster.put(asking("high", 100, "1").build());

        loops.settle();

        assertThat(cluster.deletes).containsExactly("cheap");
        assertThat(cluster.binds).containsExactly("high -> n2");
    }

    @Test
    void saysWhyPreemptionIsNoHelp() {
        cluster.put(node("equal").allocatable("cpu", "1").build());
        cluster.put(node("tainted").tainted("gpu", "NoSchedule", null).build());
        cluster.put(asking("other", 0, "1").on("equal").ready().build());
        cluster.put(asking("web", 0, "1").build());

        loops.settle();

        assertThat(cluster.deletes).isEmpty();
        assertThat(cluster.events)
                .containsExactly(
                        "FailedScheduling: 0/2 nodes are available: 1 Insufficient cpu,"
                                + " 1 node(s) had untolerated taint(s). no new claims to"
                                + " deallocate, preemption: 0/2 nodes are available:"
                                + " 1 No preemption victims found for incoming pod,"
                                + " 1 Preemption is not helpful for scheduling.");
    }

    @Test
    void aPodThatMustNotPreemptDoesNot() {
        cluster.put(node("n1").allocatable("cpu", "1").build());
        cluster.put(asking("low", 0, "1").on("n1").ready().build());
        cluster.put(
                asking("polite", 100, "1")
                        .spec(spec -> Edit.with(spec, PodSpec::preemptionPolicy, "Never"))
                        .build());

        loops.settle();

        assertThat(cluster.deletes).isEmpty();
        assertThat(cluster.events.getFirst())
                .endsWith("preemption: not eligible due to preemptionPolicy=Never.");
    }

    private static PodNoun asking(String name, int priority, String cpu) {
        return pod(name)
                .requests("cpu", cpu)
                .spec(spec -> Edit.with(spec, PodSpec::priority, priority));
    }
}

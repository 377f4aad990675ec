package io.coxswain.scheduler.framework;

import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.selector;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodAffinityTerm;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.Affinity;
import io.coxswain.api.core.PodSpec.PodAntiAffinity;
import io.coxswain.api.core.PodSpec.TopologySpreadConstraint;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.client.fixture.PodNoun;
import io.coxswain.scheduler.plugins.Plugins;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;

/// Prints how many pods a second can be placed: the algorithm alone, all nodes scored.
final class PlacementHarness {

    private static final int ROUNDS = 5;

    private PlacementHarness() {}

    public static void main(String[] args) {
        for (var nodes : new int[] {1_000, 5_000}) {
            measure("one template", nodes, 20_000, i -> plain(i, 100));
            measure("each different", nodes, 2_000, i -> plain(i, 100 + i % 1_000));
            measure("spread over zones", nodes, 10_000, PlacementHarness::spread);
            measure("apart on hosts", nodes, 900, PlacementHarness::apart);
        }
    }

    private static void measure(String what, int nodes, int pods, IntFunction<Pod> template) {
        var best = 0.0;
        for (var round = 0; round < ROUNDS; round++) {
            best = Math.max(best, podsPerSecond(nodes, pods, template));
        }
        System.out.printf("%-20s %5d nodes: %,10.0f pods/s%n", what, nodes, best);
    }

    private static double podsPerSecond(int nodes, int count, IntFunction<Pod> template) {
        var snapshot = new Snapshot(ClusterObjects.NONE);
        for (var i = 0; i < nodes; i++) {
            snapshot.put(
                    node("n" + i)
                            .labelled("topology.kubernetes.io/zone", "z" + i % 3)
                            .allocatable("cpu", "32")
                            .allocatable("memory", "256Gi")
                            .build());
        }
        var pods = new PodInfo[count];
        for (var i = 0; i < count; i++) {
            pods[i] = PodInfo.of(template.apply(i), snapshot.names());
        }
        var random = new Random(1);
        var start = Clock.SYSTEM.nanos();
        Placement placement = null;
        var placed = 0;
        for (var pod : pods) {
            if (placement == null
                    || !Objects.equals(pod.signature(), placement.pod().signature())) {
                placement = new Placement(Plugins.DEFAULT, pod, snapshot);
            } else {
                placement.refresh();
            }
            var node = placement.best(random, slot -> false);
            if (node != null) {
                snapshot.put(pod, node.name());
                placed++;
            }
        }
        return placed * 1e9 / (Clock.SYSTEM.nanos() - start);
    }

    private static Pod plain(int i, int millis) {
        return noun(i, millis).build();
    }

    private static PodNoun noun(int i, int millis) {
        return pod("p" + i)
                .labelled("app", "web")
                .requests("cpu", millis + "m")
                .requests("memory", "128Mi");
    }

    private static Pod spread(int i) {
        var constraint =
                new TopologySpreadConstraint(
                        1,
                        "topology.kubernetes.io/zone",
                        "DoNotSchedule",
                        selector("app", "web"),
                        null,
                        null,
                        null,
                        List.of());
        return noun(i, 100)
                .spec(spec ->
                        Edit.with(spec, PodSpec::topologySpreadConstraints, List.of(constraint)))
                .build();
    }

    private static Pod apart(int i) {
        var term =
                new PodAffinityTerm(
                        selector("app", "web"),
                        List.of(),
                        "kubernetes.io/hostname",
                        null,
                        List.of(),
                        List.of());
        var affinity = new Affinity(null, null, new PodAntiAffinity(List.of(term), List.of()));
        return noun(i, 100).spec(spec -> Edit.with(spec, PodSpec::affinity, affinity)).build();
    }
}

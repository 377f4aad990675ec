package io.coxswain.scheduler.framework;

import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.selector;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.ContainerPort;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodAffinityTerm;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.Affinity;
import io.coxswain.api.core.PodSpec.PodAffinity;
import io.coxswain.api.core.PodSpec.PodAntiAffinity;
import io.coxswain.api.core.PodSpec.TopologySpreadConstraint;
import io.coxswain.api.core.PodSpec.WeightedPodAffinityTerm;
import io.coxswain.api.core.Toleration;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.fixture.PodNoun;
import io.coxswain.scheduler.plugins.Plugins;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A placement that is kept and only refreshed decides exactly as one that is worked out anew for
/// every pod, whatever happens to the cluster in between.
class PlacementPropertyTest {

    private static final int STEPS = 400;
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Snapshot snapshot = new Snapshot(ClusterObjects.NONE);
    private final List<PodInfo> placed = new ArrayList<>();
    private int names;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void keptPlacementsDecideLikeFreshOnes(long seed) {
        var random = new Random(seed);
        var kept = new HashMap<Integer, Placement>();
        for (var i = 0; i < 12; i++) {
            changeNode(random);
        }
        for (var step = 0; step < STEPS; step++) {
            disturb(random);
            var kind = random.nextInt(9);
            var pod = PodInfo.of(podOf(kind), snapshot.names());
            var fresh = new Placement(Plugins.DEFAULT, pod, snapshot);
            var known =
                    kept.computeIfAbsent(
                            kind, any -> new Placement(Plugins.DEFAULT, pod, snapshot));
            known.refresh();

            assertSame(known, fresh, kind);

            var draw = random.nextLong();
            var node = known.best(new Random(draw), slot -> false);
            assertThat(node).isSameAs(fresh.best(new Random(draw), slot -> false));
            if (node != null) {
                snapshot.put(pod, node.name());
                placed.add(pod);
            }
        }
    }

    private void assertSame(Placement known, Placement fresh, int kind) {
        assertThat(known.never()).isEqualTo(fresh.never());
        snapshot.nodes()
                .forEach(node -> {
                    var slot = node.slot();
                    var one = known.rejection(slot);
                    var other = fresh.rejection(slot);
                    assertThat(one == null ? List.of() : one.reasons())
                            .as("kind %s on %s", kind, node)
                            .isEqualTo(other == null ? List.of() : other.reasons());
                    assertThat(known.total(slot))
                            .as("score of kind %s on %s", kind, node)
                            .isEqualTo(fresh.total(slot));
                });
    }

    private void disturb(Random random) {
        switch (random.nextInt(10)) {
            case 0 -> changeNode(random);
            case 1 -> snapshot.removeNode("n" + random.nextInt(16));
            case 2, 3, 4 -> {
                if (!placed.isEmpty()) {
                    snapshot.remove(placed.remove(random.nextInt(placed.size())).uid());
                }
            }
            default -> {}
        }
    }

    private void changeNode(Random random) {
        var noun =
                node("n" + random.nextInt(16))
                        .labelled(ZONE, "z" + random.nextInt(3))
                        .allocatable("cpu", (2 + random.nextInt(6)) + "")
                        .allocatable("memory", (2 + random.nextInt(14)) + "Gi")
                        .allocatable("pods", (4 + random.nextInt(8)) + "");
        if (random.nextInt(4) == 0) {
            noun.tainted("t", random.nextBoolean() ? "NoSchedule" : "PreferNoSchedule", null);
        }
        if (random.nextInt(8) == 0) {
            noun.unschedulable();
        }
        if (random.nextInt(2) == 0) {
            noun.labelled("disk", "ssd");
        }
        snapshot.put(noun.build());
    }

    private Pod podOf(int kind) {
        var name = "p" + names++;
        var noun =
                pod(name)
                        .labelled("app", "k" + kind)
                        .requests("cpu", 100 * (kind + 1) + "m")
                        .requests("memory", "256Mi");
        return switch (kind) {
            case 0 -> pod(name).labelled("app", "k0").build();
            case 1 -> noun.tolerates(new Toleration("t", "Exists", "", "", null)).build();
            case 2 ->
                    noun.spec(spec -> Edit.with(spec, PodSpec::nodeSelector, Map.of("disk", "ssd")))
                            .build();
            case 3 -> withPort(noun).build();
            case 4 -> spread(noun, "k4", ZONE, "DoNotSchedule").build();
            case 5 -> spread(noun, "k5", "kubernetes.io/hostname", "ScheduleAnyway").build();
            case 6 -> affinity(noun, null, apart("k6", "kubernetes.io/hostname")).build();
            case 7 -> affinity(noun, near("k7"), apart("k6", ZONE)).build();
            default -> affinity(noun, prefer("k0"), null).build();
        };
    }

    private static PodNoun withPort(PodNoun noun) {
        var port = new ContainerPort("", 8080, 80, "TCP", "");
        return noun.spec(spec ->
                Edit.with(
                        spec,
                        PodSpec::containers,
                        List.of(
                                Edit.with(
                                        spec.containers().getFirst(),
                                        Container::ports,
                                        List.of(port)))));
    }

    private static PodNoun spread(PodNoun noun, String app, String key, String when) {
        var constraint =
                new TopologySpreadConstraint(
                        1, key, when, selector("app", app), null, null, null, List.of());
        return noun.spec(
                spec -> Edit.with(spec, PodSpec::topologySpreadConstraints, List.of(constraint)));
    }

    private static PodNoun affinity(
            PodNoun noun, @Nullable PodAffinity near, @Nullable PodAntiAffinity apart) {
        return noun.spec(
                spec -> Edit.with(spec, PodSpec::affinity, new Affinity(null, near, apart)));
    }

    private static PodAffinity near(String app) {
        return new PodAffinity(List.of(term(app, ZONE)), List.of());
    }

    private static PodAffinity prefer(String app) {
        return new PodAffinity(
                List.of(), List.of(new WeightedPodAffinityTerm(40, term(app, ZONE))));
    }

    private static PodAntiAffinity apart(String app, String key) {
        return new PodAntiAffinity(List.of(term(app, key)), List.of());
    }

    private static PodAffinityTerm term(String app, String key) {
        return new PodAffinityTerm(
                selector("app", app), List.of(), key, null, List.of(), List.of());
    }
}

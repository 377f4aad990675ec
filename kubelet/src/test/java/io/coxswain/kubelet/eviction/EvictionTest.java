package io.coxswain.kubelet.eviction;

import static io.coxswain.kubelet.testing.Pods.container;
import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.base.ManualClock;
import io.coxswain.kubelet.KubeletConfiguration;
import io.coxswain.kubelet.pods.PodAdmission;
import io.coxswain.kubelet.registration.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvictionTest {

    private static final long MEBI = 1 << 20;
    private static final Pressure MEMORY = new Pressure(Signal.MEMORY, 50 * MEBI, 100 * MEBI);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final Pressures pressures =
            new Pressures(KubeletConfiguration.defaults("n", List.of(), Path.of("/")), clock);

    @Test
    void aPodOverItsRequestGoesBeforeOneWithinIt() {
        var within = using(asking("within", 100), 90);
        var over = using(asking("over", 10), 20);

        assertThat(Victims.choose(MEMORY, List.of(within, over))).isEqualTo(over);
    }

    @Test
    void ofThoseOverTheirRequestTheLessImportantGoes() {
        var important = using(priority(asking("important", 0), 1000), 500);
        var other = using(asking("other", 0), 1);

        assertThat(Victims.choose(MEMORY, List.of(important, other))).isEqualTo(other);
    }

    @Test
    void ofEqualsTheOneThatExceedsItsRequestMostGoes() {
        var little = using(asking("little", 0), 1);
        var much = using(asking("much", 10), 50);

        assertThat(Victims.choose(MEMORY, List.of(little, much))).isEqualTo(much);
    }

    @Test
    void whatTheSystemDependsOnNeverGoes() {
        var dns = using(priority(asking("dns", 0), 2_000_000_000), 500);

        assertThat(Victims.choose(MEMORY, List.of(dns))).isNull();
    }

    @Test
    void theMessageSaysWhoUsedWhat() {
        assertThat(Victims.message(MEMORY, using(asking("web", 10), 30)))
                .isEqualTo(
                        "The node was low on resource: memory. Threshold quantity: 100Mi,"
                                + " available: 50Mi. Container app was using 30Mi, request is 10Mi,"
                                + " has larger consumption of memory. ");
    }

    @Test
    void pressureIsRememberedForAWhile() {
        assertThat(pressures.lately(machine(50 * MEBI))).containsExactly(Signal.MEMORY);
        clock.advance(Duration.ofMinutes(4));
        assertThat(pressures.lately(machine(500 * MEBI))).containsExactly(Signal.MEMORY);
        clock.advance(Duration.ofMinutes(2));
        assertThat(pressures.lately(machine(500 * MEBI))).isEmpty();
    }

    @Test
    void aMachineThatCannotBeReadIsNotUnderPressure() {
        var unknown = new Machine(1, 0, 0, 0, 0, 0, 0, machine(0).identity());

        assertThat(pressures.now(unknown)).isEmpty();
    }

    @Test
    void underMemoryPressureOnlyPodsThatAskedForNothingAreKeptOff() {
        var admission = new PressureAdmission(() -> Set.of(Signal.MEMORY), PodAdmission.ALL);

        var rejection = admission.check(asking("greedy", 0), List.of());
        assertThat(Objects.requireNonNull(rejection).message())
                .isEqualTo("The node had condition: [MemoryPressure]. ");
        assertThat(admission.check(asking("modest", 10), List.of())).isNull();
    }

    @Test
    void underDiskPressureOnlyCriticalPodsComeIn() {
        var admission = new PressureAdmission(() -> Set.of(Signal.DISK), PodAdmission.ALL);

        assertThat(admission.check(asking("modest", 10), List.of())).isNotNull();
        assertThat(admission.check(priority(asking("dns", 0), 2_000_000_000), List.of())).isNull();
    }

    private static PodUsage using(Pod pod, long mebis) {
        return new PodUsage(pod, mebis * MEBI, Map.of("app", mebis * MEBI));
    }

    private static Pod asking(String name, int mebis) {
        var memory = Map.of("memory", Quantity.parse(mebis + "Mi"));
        var resources = new ResourceRequirements(Map.of(), memory, List.of());
        var app = Edit.with(container("app"), Container::resources, resources);
        return pod(name).container(app).build();
    }

    private static Pod priority(Pod pod, int priority) {
        return Edit.with(pod, Pod::spec, Edit.with(pod.spec(), PodSpec::priority, priority));
    }

    private static Machine machine(long memoryAvailable) {
        var identity = new Machine.Identity("", "", "", "", "", "linux", "amd64");
        var gibi = 1024 * MEBI;
        return new Machine(
                2, 8 * gibi, memoryAvailable, 100 * gibi, 90 * gibi, 32768, 100, identity);
    }
}

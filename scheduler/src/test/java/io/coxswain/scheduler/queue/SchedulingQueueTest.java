package io.coxswain.scheduler.queue;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.PodSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.ManualClock;
import io.coxswain.client.fixture.PodNoun;
import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.Plugin;
import io.coxswain.scheduler.plugins.NodeAffinity;
import io.coxswain.scheduler.plugins.NodeResourcesFit;
import io.coxswain.scheduler.plugins.Plugins;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.ResourceNames;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchedulingQueueTest {

    private static final Set<Plugin> FIT = Set.of(new NodeResourcesFit());

    private final ManualClock clock = new ManualClock(NOW);
    private final SchedulingQueue queue = new SchedulingQueue(clock, Plugins.DEFAULT);
    private final ResourceNames names = new ResourceNames();

    @Test
    void theMostImportantPodComesFirstThenTheOneThatWaitsLongest() {
        put(pod("early"));
        put(pod("late"));
        put(pod("urgent").spec(spec -> Edit.with(spec, PodSpec::priority, 100)));

        assertThat(poll()).isEqualTo("urgent");
        assertThat(poll()).isEqualTo("early");
        assertThat(poll()).isEqualTo("late");
        assertThat(poll()).isNull();
    }

    @Test
    void aRejectedPodSleepsUntilAnEventItsPluginWaitsFor() {
        put(pod("web"));
        queue.failed(take(), FIT);

        queue.happened(ClusterEvent.NODE_LABELS_CHANGED);
        assertThat(poll()).isNull();

        queue.happened(ClusterEvent.NODE_ADDED);
        assertThat(poll()).isEqualTo("web");
    }

    @Test
    void anyOfThePluginsThatRejectedItMayWakeAPod() {
        put(pod("web"));
        queue.failed(take(), Set.of(new NodeResourcesFit(), new NodeAffinity()));

        queue.happened(ClusterEvent.NODE_LABELS_CHANGED);

        assertThat(poll()).isEqualTo("web");
    }

    @Test
    void aSleepingPodIsTriedAgainAfterFiveMinutes() {
        put(pod("web"));
        queue.failed(take(), FIT);
        assertThat(queue.next()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));

        clock.advance(Duration.ofMinutes(5));

        assertThat(poll()).isEqualTo("web");
    }

    @Test
    void afterAFaultThePauseDoublesUpToTenSeconds() {
        put(pod("web"));
        for (var seconds : new int[] {1, 2, 4, 8, 10, 10}) {
            queue.faulted(take());
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(poll()).isNull();
            clock.advance(Duration.ofMillis(1));
        }
        assertThat(poll()).isEqualTo("web");
    }

    @Test
    void aPodThatWasWokenGoesAheadOfItsPauseOnlyWhenNothingElseIsToBeDone() {
        put(pod("woken"));
        queue.failed(take(), FIT);
        put(pod("fresh"));
        queue.happened(ClusterEvent.POD_REMOVED);

        assertThat(poll()).isEqualTo("fresh");
        assertThat(poll()).isEqualTo("woken");
    }

    @Test
    void aSleepingPodThatIsChangedIsTriedAgainButNotForANewStatus() {
        put(pod("web"));
        queue.failed(take(), FIT);

        put(pod("web").condition("PodScheduled", "False", NOW));
        assertThat(poll()).isNull();

        put(pod("web").requests("cpu", "1m"));
        assertThat(poll()).isEqualTo("web");
    }

    @Test
    void aRemovedPodIsForgottenWhereverItIs() {
        put(pod("active"));
        queue.remove("pod-active-uid");
        put(pod("flying"));
        var flying = take();
        queue.remove("pod-flying-uid");
        queue.failed(flying, FIT);

        queue.happened(ClusterEvent.ANYTHING);

        assertThat(poll()).isNull();
        assertThat(queue.size()).isZero();
    }

    private void put(PodNoun noun) {
        queue.put(PodInfo.of(noun.build(), names));
    }

    private QueuedPod take() {
        return Objects.requireNonNull(queue.poll());
    }

    private @Nullable String poll() {
        var next = queue.poll();
        return next == null ? null : next.pod().pod().name();
    }
}

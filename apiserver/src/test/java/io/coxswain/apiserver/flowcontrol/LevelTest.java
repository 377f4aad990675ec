package io.coxswain.apiserver.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.apiserver.flowcontrol.Level.Outcome;
import io.coxswain.apiserver.flowcontrol.Level.Queuing;
import io.coxswain.apiserver.flowcontrol.Level.Settings;
import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who gets a seat, who waits, who is turned away.
class LevelTest {

    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Queuing QUEUES = new Queuing(8, 2, 2);

    private final Lending lending = new Lending();

    private Level level(int seats, int lendable, @Nullable Queuing queues) {
        return new Level(
                new Settings("l" + seats, "uid", seats, lendable, -1, queues),
                lending,
                Clock.SYSTEM);
    }

    private static Flow flow(Level level, String who) {
        return new Flow("schema", "uid", level, who);
    }

    @Test
    void aLevelWithoutQueuesTurnsAwayWhoFindsNoSeat() {
        var level = level(1, 0, null);
        lending.among(List.of(level));

        var first = level.acquire(flow(level, "a"), 1, LONG);
        var second = level.acquire(flow(level, "b"), 1, LONG);

        assertThat(first).isInstanceOf(Outcome.Seated.class);
        assertThat(second).isEqualTo(new Outcome.Rejected("concurrency-limit"));
    }

    @Test
    void whoWaitsTooLongIsTurnedAway() {
        var level = level(1, 0, QUEUES);
        lending.among(List.of(level));
        level.acquire(flow(level, "a"), 1, LONG);

        var late = level.acquire(flow(level, "a"), 1, Duration.ofMillis(1));

        assertThat(late).isEqualTo(new Outcome.Rejected("time-out"));
        assertThat(level.waiting()).isZero();
    }

    @Test
    void aReleasedSeatGoesToWhoWaits() throws Exception {
        var level = level(1, 0, QUEUES);
        lending.among(List.of(level));
        var first = (Outcome.Seated) level.acquire(flow(level, "a"), 1, LONG);
        var seated = new CountDownLatch(1);
        var waiting =
                Thread.ofVirtual()
                        .start(() -> {
                            if (level.acquire(flow(level, "b"), 1, LONG)
                                    instanceof Outcome.Seated(var seat)) {
                                seated.countDown();
                                seat.release();
                            }
                        });
        while (level.waiting() == 0) {
            Thread.onSpinWait();
        }

        first.seat().release();
        waiting.join();

        assertThat(seated.getCount()).isZero();
        assertThat(level.executing()).isZero();
    }

    @Test
    void aFlowWithFullQueuesDoesNotKeepOthersOut() throws Exception {
        var level = level(1, 0, new Queuing(64, 1, 1));
        lending.among(List.of(level));
        var holder = (Outcome.Seated) level.acquire(flow(level, "holder"), 1, LONG);
        var rejected = new AtomicInteger();
        var greedy = new ArrayList<Thread>();
        for (var i = 0; i < 20; i++) {
            greedy.add(Thread.ofVirtual().start(() -> take(level, "elephant", rejected)));
        }
        while (rejected.get() < 19) {
            Thread.onSpinWait();
        }
        var mouse = new AtomicInteger();
        var small = Thread.ofVirtual().start(() -> take(level, "mouse", mouse));
        while (level.waiting() < 2) {
            Thread.onSpinWait();
        }

        holder.seat().release();
        small.join();
        for (var each : greedy) {
            each.join();
        }

        assertThat(mouse).hasValue(0);
        assertThat(rejected).hasValue(19);
    }

    private static void take(Level level, String who, AtomicInteger rejected) {
        switch (level.acquire(flow(level, who), 1, LONG)) {
            case Outcome.Seated(var seat) -> seat.release();
            case Outcome.Rejected turnedAway -> rejected.incrementAndGet();
        }
    }

    @Test
    void idleSeatsAreLentButOnlyThose() {
        var rich = level(4, 2, null);
        var poor = level(1, 0, null);
        lending.among(List.of(rich, poor));

        var got = 0;
        while (poor.acquire(flow(poor, "p"), 1, LONG) instanceof Outcome.Seated) {
            got++;
        }

        assertThat(got).isEqualTo(3);
        assertThat(rich.acquire(flow(rich, "r"), 4, LONG)).isInstanceOf(Outcome.Seated.class);
    }

    @Test
    void handsAreDealtWithoutRepeats() {
        for (var hash = 0L; hash < 5000; hash++) {
            var hand = Hand.deal(hash * 0x9E3779B97F4A7C15L & Long.MAX_VALUE, 16, 6);
            assertThat(Arrays.stream(hand).distinct().count()).isEqualTo(6);
            assertThat(Arrays.stream(hand).allMatch(card -> card >= 0 && card < 16)).isTrue();
        }
    }
}

package io.coxswain.client.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final WorkQueue<String> queue = new WorkQueue<>(clock, () -> {});

    @Test
    void handsOutAKeyOnceHoweverOftenItIsAdded() {
        queue.add("a");
        queue.add("a");

        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void aKeyAddedWhileProcessedComesBackWhenItIsDone() {
        queue.add("a");
        queue.poll();
        queue.add("a");
        assertThat(queue.poll()).isNull();

        queue.done("a");

        assertThat(queue.poll()).isEqualTo("a");
    }

    @Test
    void theShorterOfTwoDelaysCounts() {
        queue.addAfter("a", Duration.ofSeconds(9));
        queue.addAfter("a", Duration.ofSeconds(2));
        queue.addAfter("a", Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(2));

        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.nextDelayed()).isNull();
    }

    @Test
    void failuresDoubleTheDelayUntilTheKeyIsForgotten() {
        assertThat(delayAfterFailure()).isEqualTo(Duration.ofMillis(5));
        assertThat(delayAfterFailure()).isEqualTo(Duration.ofMillis(10));
        assertThat(delayAfterFailure()).isEqualTo(Duration.ofMillis(20));
        for (var i = 0; i < 60; i++) {
            delayAfterFailure();
        }
        assertThat(delayAfterFailure()).isEqualTo(Duration.ofSeconds(1_000));

        queue.forget("a");

        assertThat(delayAfterFailure()).isEqualTo(Duration.ofMillis(5));
    }

    private Duration delayAfterFailure() {
        var before = clock.now();
        queue.addAfterFailure("a");
        var at = queue.nextDelayed();
        assertThat(at).isNotNull();
        clock.advanceTo(at);
        queue.poll();
        queue.done("a");
        return Duration.between(before, at);
    }
}

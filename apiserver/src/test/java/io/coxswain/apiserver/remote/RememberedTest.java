package io.coxswain.apiserver.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RememberedTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Remembered<String, String> answers = new Remembered<>(2, clock);

    @Test
    void anAnswerIsGoodForAWhile() {
        answers.put("a", "yes", MINUTE);
        answers.put("b", "never kept", Duration.ZERO);

        assertThat(answers.find("a")).isEqualTo("yes");
        assertThat(answers.find("b")).isNull();
        clock.advance(MINUTE);
        assertThat(answers.find("a")).isNull();
    }

    @Test
    void whatNobodyAskedForLongestIsForgottenFirst() {
        answers.put("a", "1", MINUTE);
        answers.put("b", "2", MINUTE);
        answers.find("a");
        answers.put("c", "3", MINUTE);

        assertThat(answers.find("a")).isEqualTo("1");
        assertThat(answers.find("b")).isNull();
        assertThat(answers.find("c")).isEqualTo("3");
    }
}

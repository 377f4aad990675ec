package io.coxswain.controllers.cronjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    @ParameterizedTest
    @CsvSource({
        "'*/5 * * * *',       2026-01-01T00:00:30Z, 2026-01-01T00:05:00Z",
        "'0 9-17/4 * * 1-5',  2026-01-02T14:00:00Z, 2026-01-02T17:00:00Z",
        "'0 9-17/4 * * mon-fri', 2026-01-02T17:00:00Z, 2026-01-05T09:00:00Z",
        "'@daily',            2026-01-31T12:00:00Z, 2026-02-01T00:00:00Z",
        "'0 0 29 2 *',        2026-01-01T00:00:00Z, 2028-02-29T00:00:00Z",
        "'0 0 13 * fri',      2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        "'30 4 1,15 jan *',   2026-01-01T04:30:00Z, 2026-01-15T04:30:00Z",
        "'@every 90m',        2026-01-01T00:00:00Z, 2026-01-01T01:30:00Z"
    })
    void knowsTheNextTime(String schedule, Instant after, Instant next) {
        assertThat(CronSchedule.parse(schedule).next(after, ZoneOffset.UTC)).isEqualTo(next);
    }

    @Test
    void followsTheClocksOfItsZone() {
        var daily = CronSchedule.parse("30 2 * * *");
        var zone = ZoneId.of("Europe/Berlin");

        assertThat(daily.next(Instant.parse("2026-03-28T12:00:00Z"), zone))
                .isEqualTo("2026-03-30T00:30:00Z");
    }

    @Test
    void aDayThatNeverComesHasNoNextTime() {
        assertThat(CronSchedule.parse("0 0 31 2 *").next(Instant.EPOCH, ZoneOffset.UTC)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "60 * * * *", "* * 0 * *", "5-1 * * * *", "a * * * *"})
    void refusesWhatIsNoSchedule(String text) {
        assertThatThrownBy(() -> CronSchedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

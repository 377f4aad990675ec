package io.coxswain.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.bench.Settings;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Forty of the rounds that `./cox bench crash` makes by the hundred.
@Tag("real")
class CrashRealTest {

    @Test
    void nothingAcknowledgedIsLostWhereverTheProcessDies() throws Exception {
        var settings = new Settings(Map.of("rounds", "40", "recovery-mb", "0"));

        assertThat(new CrashBenchmark().run(settings)).hasSize(2);
    }
}

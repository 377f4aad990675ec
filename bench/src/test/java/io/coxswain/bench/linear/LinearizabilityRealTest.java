package io.coxswain.bench.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.bench.Settings;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One history with each fault; `./cox bench linearizability` makes them by the hundred.
@Tag("real")
class LinearizabilityRealTest {

    @Test
    void clientsSeeOneOrderWhateverHappensToTheServer() throws Exception {
        var settings = new Settings(Map.of("histories", "4"));

        assertThat(new LinearizabilityBenchmark().run(settings)).hasSize(2);
    }

    @Test
    void clientsOfTwoServersSeeOneOrderWhateverHappensToThemAndToEtcd() throws Exception {
        var settings = new Settings(Map.of("histories", "8", "store", "etcd"));

        assertThat(new LinearizabilityBenchmark().run(settings)).hasSize(2);
    }
}

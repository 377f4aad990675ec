package io.coxswain.bench.linear;

import io.coxswain.base.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/// What happens to a site while a history is made. All is well again when it is over.
interface Fault<S extends Site> {

    /// Before the first request.
    default void prepare(S site) throws IOException {}

    void strike(S site, Random random) throws IOException;

    static void pause(int millis) {
        var end = Clock.SYSTEM.nanos() + Duration.ofMillis(millis).toNanos();
        while (Clock.SYSTEM.nanos() < end) {
            Clock.SYSTEM.pause(Duration.ofMillis(5));
        }
    }
}

package io.coxswain.bench.linear;

import io.coxswain.base.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/// What happens to the server while a history is made.
enum Fault {
    NONE {
        @Override
        void strike(Server server, Random random) {}
    },
    /// Killed and started again, once or twice.
    KILL {
        @Override
        void strike(Server server, Random random) throws IOException {
            for (var left = 1 + random.nextInt(2); left > 0; left--) {
                pause(100 + random.nextInt(900));
                server.restart();
            }
        }
    },
    /// Stands still for longer than some clients wait, a few times.
    PAUSE {
        @Override
        void strike(Server server, Random random) throws IOException {
            for (var left = 3; left > 0; left--) {
                pause(50 + random.nextInt(300));
                server.pause();
                pause(50 + random.nextInt(900));
                server.resume();
            }
        }
    },
    /// The disk takes its time, and the process is killed while it does.
    SLOW_DISK {
        @Override
        void strike(Server server, Random random) throws IOException {
            pause(300 + random.nextInt(900));
            server.restart();
        }
    };

    abstract void strike(Server server, Random random) throws IOException;

    private static void pause(int millis) {
        var end = Clock.SYSTEM.nanos() + Duration.ofMillis(millis).toNanos();
        while (Clock.SYSTEM.nanos() < end) {
            Clock.SYSTEM.pause(Duration.ofMillis(5));
        }
    }
}

package io.coxswain.bench.linear;

import java.io.IOException;
import java.util.Random;

/// What happens to a server on a store of its own.
enum ServerFault implements Fault<Server> {
    NONE {
        @Override
        public void strike(Server server, Random random) {}
    },
    /// Killed and started again, once or twice.
    KILL {
        @Override
        public void strike(Server server, Random random) throws IOException {
            for (var left = 1 + random.nextInt(2); left > 0; left--) {
                Fault.pause(100 + random.nextInt(900));
                server.restart();
            }
        }
    },
    /// Stands still for longer than some clients wait, a few times.
    PAUSE {
        @Override
        public void strike(Server server, Random random) throws IOException {
            for (var left = 3; left > 0; left--) {
                Fault.pause(50 + random.nextInt(300));
                server.pause();
                Fault.pause(50 + random.nextInt(900));
                server.resume();
            }
        }
    },
    /// The disk takes its time, and the process is killed while it does.
    SLOW_DISK {
        @Override
        public void strike(Server server, Random random) throws IOException {
            Fault.pause(300 + random.nextInt(900));
            server.restart();
        }
    };

    @Override
    public void prepare(Server server) throws IOException {
        server.withSlowDisk(this == SLOW_DISK);
    }
}

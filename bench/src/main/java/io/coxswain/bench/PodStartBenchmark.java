package io.coxswain.bench;

import io.coxswain.api.core.Pod;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// From the creation of a pod to its containers running, on the real node of `cox up`, one pod
/// after the other. Needs root.
final class PodStartBenchmark implements Benchmark {

    private static final int PODS = 12;
    private static final int WARM_UP = 3;
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration MAX = Duration.ofMinutes(1);

    @Override
    public List<Figure> run() throws Exception {
        if (!root()) {
            return List.of(new Figure("start of a pod on a real node", "needs root"));
        }
        try (var target = Target.cluster()) {
            var client = target.client();
            var times = new ArrayList<Duration>();
            for (var i = 0; i < WARM_UP + PODS; i++) {
                var took = start(client, "start-" + i);
                if (i >= WARM_UP) {
                    times.add(took);
                }
            }
            times.sort(null);
            return List.of(
                    new Figure(
                            "start of a pod on a real node, median / slowest of " + PODS,
                            times.get(PODS / 2).toMillis()
                                    + " / "
                                    + times.getLast().toMillis()
                                    + " ms"));
        }
    }

    private static Duration start(Client client, String name) {
        var began = Clock.SYSTEM.nanos();
        client.create(Objects.pod(name));
        while (true) {
            var pod = client.find(Pod.class, "default", name);
            var took = Duration.ofNanos(Clock.SYSTEM.nanos() - began);
            if (pod != null && pod.status().phase().equals("Running")) {
                return took;
            }
            Benchmark.check(took.compareTo(MAX) < 0, "a pod that does not start: " + pod);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean root() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}

package io.coxswain.kubelet.housekeeping;

import io.coxswain.api.core.Pod;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.containers.NodeFacts;
import io.coxswain.kubelet.pods.PodWorkers;
import io.coxswain.kubelet.volumes.Trees;
import java.time.Duration;

/// Ends pods whose `emptyDir` volumes have outgrown their `sizeLimit`.
public final class EmptyDirLimits implements Loop {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private static final long GRACE_SECONDS = 1;

    private final NodeFacts node;
    private final PodWorkers workers;
    private final Clock clock;

    public EmptyDirLimits(NodeFacts node, PodWorkers workers, Clock clock) {
        this.node = node;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public Next runOnce() {
        workers.pods().forEach(this::check);
        return Next.in(clock, PERIOD);
    }

    private void check(Pod pod) {
        for (var volume : pod.spec().volumes()) {
            var source = volume.emptyDir();
            if (source == null || source.sizeLimit() == null || source.sizeLimit().isZero()) {
                continue;
            }
            var directory =
                    node.podDirectory(pod.uid())
                            .resolve("volumes/kubernetes.io~empty-dir")
                            .resolve(volume.name());
            if (Trees.size(directory) > source.sizeLimit().value()) {
                workers.evict(
                        pod.uid(),
                        "Evicted",
                        "Usage of EmptyDir volume \""
                                + volume.name()
                                + "\" exceeds the limit \""
                                + source.sizeLimit().text()
                                + "\". ",
                        GRACE_SECONDS);
            }
        }
    }
}

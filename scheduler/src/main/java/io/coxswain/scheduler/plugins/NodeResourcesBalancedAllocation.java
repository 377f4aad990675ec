package io.coxswain.scheduler.plugins;

import io.coxswain.scheduler.framework.NodeScore;
import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.framework.ScorePlugin;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.ResourceNames;
import io.coxswain.scheduler.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/// Prefers nodes whose CPU and memory would be used to the same degree.
public final class NodeResourcesBalancedAllocation implements ScorePlugin {

    @Override
    public @Nullable NodeScore scores(PodInfo pod, Snapshot snapshot) {
        if (pod.requests().bestEffort()) {
            return null;
        }
        return new Balance(
                snapshot,
                pod.requests().amount(ResourceNames.CPU),
                pod.requests().amount(ResourceNames.MEMORY));
    }

    private record Balance(Snapshot snapshot, long cpu, long memory) implements NodeScore {

        @Override
        public long score(NodeInfo node) {
            var slot = node.slot();
            return balance(
                    snapshot.allocatable(ResourceNames.CPU)[slot],
                    snapshot.requested(ResourceNames.CPU)[slot] + cpu,
                    snapshot.allocatable(ResourceNames.MEMORY)[slot],
                    snapshot.requested(ResourceNames.MEMORY)[slot] + memory);
        }

        @Override
        public void scoreAll(Snapshot all, @Nullable Rejection[] rejections, long[] scores) {
            var cpus = snapshot.allocatable(ResourceNames.CPU);
            var memories = snapshot.allocatable(ResourceNames.MEMORY);
            var usedCpu = snapshot.requested(ResourceNames.CPU);
            var usedMemory = snapshot.requested(ResourceNames.MEMORY);
            for (var slot = 0; slot < scores.length; slot++) {
                if (rejections[slot] == null) {
                    scores[slot] =
                            balance(
                                    cpus[slot],
                                    usedCpu[slot] + cpu,
                                    memories[slot],
                                    usedMemory[slot] + memory);
                }
            }
        }

        /// 100 less the standard deviation of the two used shares, which is half their difference.
        private static long balance(long cpus, long usedCpu, long memories, long usedMemory) {
            if (cpus == 0 || memories == 0) {
                return MAX;
            }
            var one = Math.min(1.0, (double) usedCpu / cpus);
            var other = Math.min(1.0, (double) usedMemory / memories);
            return (long) ((1 - Math.abs(one - other) / 2) * MAX);
        }
    }
}

package io.coxswain.scheduler.plugins;

import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.FilterPlugin;
import io.coxswain.scheduler.framework.NodeFilter;
import io.coxswain.scheduler.framework.NodeScore;
import io.coxswain.scheduler.framework.PodVerdict;
import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.framework.ScorePlugin;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.ResourceNames;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Keeps a pod off nodes that have less left than it asks for, and prefers those with most left.
public final class NodeResourcesFit implements FilterPlugin, ScorePlugin {

    @Override
    public PodVerdict look(PodInfo pod, Snapshot snapshot) {
        return new PodVerdict.Ask(new Filter(pod, snapshot));
    }

    @Override
    public NodeScore scores(PodInfo pod, Snapshot snapshot) {
        return new LeastAllocated(
                snapshot, pod.requests().scoredCpu(), pod.requests().scoredMemory());
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(
                ClusterEvent.NODE_ADDED,
                ClusterEvent.NODE_ALLOCATABLE_CHANGED,
                ClusterEvent.POD_REMOVED,
                ClusterEvent.POD_SHRANK,
                ClusterEvent.POD_CHANGED);
    }

    private final class Filter implements NodeFilter {
        private final Snapshot snapshot;
        private final int[] resources;
        private final long[] amounts;
        private final Map<List<Integer>, Rejection> rejections = new HashMap<>();

        Filter(PodInfo pod, Snapshot snapshot) {
            this.snapshot = snapshot;
            var requests = pod.requests();
            // Reasons come in this order: the number of pods first.
            this.resources =
                    IntStream.concat(
                                    IntStream.of(ResourceNames.PODS),
                                    IntStream.range(0, requests.amounts().length)
                                            .filter(one -> one != ResourceNames.PODS))
                            .filter(one -> requests.amount(one) > 0)
                            .toArray();
            this.amounts = IntStream.of(resources).mapToLong(requests::amount).toArray();
        }

        @Override
        public @Nullable Rejection reject(NodeInfo node) {
            var slot = node.slot();
            for (var i = 0; i < resources.length; i++) {
                if (lacks(i, slot)) {
                    return rejection(slot);
                }
            }
            return null;
        }

        @Override
        public void rejectAll(Snapshot all, @Nullable Rejection[] found) {
            for (var i = 0; i < resources.length; i++) {
                var amount = amounts[i];
                var requested = snapshot.requested(resources[i]);
                var allocatable = snapshot.allocatable(resources[i]);
                for (var slot = 0; slot < found.length; slot++) {
                    if (amount > allocatable[slot] - requested[slot]
                            && found[slot] == null
                            && snapshot.at(slot) != null) {
                        found[slot] = rejection(slot);
                    }
                }
            }
        }

        private boolean lacks(int i, int slot) {
            var resource = resources[i];
            return amounts[i]
                    > snapshot.allocatable(resource)[slot] - snapshot.requested(resource)[slot];
        }

        private Rejection rejection(int slot) {
            var lacking = new ArrayList<Integer>();
            var resolvable = true;
            for (var i = 0; i < resources.length; i++) {
                if (lacks(i, slot)) {
                    lacking.add(resources[i]);
                    resolvable &= amounts[i] <= snapshot.allocatable(resources[i])[slot];
                }
            }
            var reasons = lacking.stream().map(this::reason).toList();
            var canHelp = resolvable;
            lacking.add(canHelp ? 1 : 0);
            return rejections.computeIfAbsent(
                    lacking, key -> new Rejection(NodeResourcesFit.this, reasons, canHelp));
        }

        private String reason(int resource) {
            return resource == ResourceNames.PODS
                    ? "Too many pods"
                    : "Insufficient " + snapshot.names().name(resource);
        }
    }

    private static final long EXACT_MAX = 1L << 44;

    /// The mean of the free shares of CPU and memory.
    private record LeastAllocated(Snapshot snapshot, long cpu, long memory) implements NodeScore {

        @Override
        public long score(NodeInfo node) {
            var slot = node.slot();
            return mean(
                    snapshot.allocatable(ResourceNames.CPU)[slot],
                    snapshot.scoredCpu()[slot] + cpu,
                    snapshot.allocatable(ResourceNames.MEMORY)[slot],
                    snapshot.scoredMemory()[slot] + memory);
        }

        @Override
        public void scoreAll(Snapshot all, @Nullable Rejection[] rejections, long[] scores) {
            var cpus = snapshot.allocatable(ResourceNames.CPU);
            var memories = snapshot.allocatable(ResourceNames.MEMORY);
            var usedCpu = snapshot.scoredCpu();
            var usedMemory = snapshot.scoredMemory();
            for (var slot = 0; slot < scores.length; slot++) {
                if (rejections[slot] == null) {
                    scores[slot] =
                            mean(
                                    cpus[slot],
                                    usedCpu[slot] + cpu,
                                    memories[slot],
                                    usedMemory[slot] + memory);
                }
            }
        }

        private static long mean(long cpus, long usedCpu, long memories, long usedMemory) {
            var parts = (cpus > 0 ? 1 : 0) + (memories > 0 ? 1 : 0);
            return parts == 0 ? 0 : (share(cpus, usedCpu) + share(memories, usedMemory)) / parts;
        }

        private static long share(long allocatable, long used) {
            if (used >= allocatable) {
                return 0;
            }
            // Up to here a quotient of doubles, rounded down, is exact, and several times faster.
            return allocatable < EXACT_MAX
                    ? (long) ((double) ((allocatable - used) * MAX) / allocatable)
                    : (allocatable - used) * MAX / allocatable;
        }
    }
}

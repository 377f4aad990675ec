package io.coxswain.scheduler;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.Nominations;
import io.coxswain.scheduler.queue.SchedulingQueue;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/// Takes changes of the cluster into the snapshot and the queue. Used by the scheduling loop alone.
final class ClusterFollower {

    private final String schedulerName;
    private final Snapshot snapshot;
    private final SchedulingQueue queue;
    private final Nominations nominations;

    ClusterFollower(
            String schedulerName,
            Snapshot snapshot,
            SchedulingQueue queue,
            Nominations nominations) {
        this.schedulerName = schedulerName;
        this.snapshot = snapshot;
        this.queue = queue;
        this.nominations = nominations;
    }

    /// A claim, a volume or a storage class changed.
    void volumesChanged() {
        queue.happened(ClusterEvent.VOLUMES_CHANGED);
    }

    void podChanged(@Nullable Pod before, @Nullable Pod after) {
        if (after == null) {
            if (before != null) {
                gone(before);
            }
            return;
        }
        if (ended(after)) {
            gone(after);
            return;
        }
        if (!after.spec().nodeName().isEmpty()) {
            placed(after);
            return;
        }
        waiting(after);
    }

    void nodeChanged(@Nullable Node before, @Nullable Node after) {
        if (after == null) {
            if (before != null) {
                snapshot.removeNode(before.name());
            }
            return;
        }
        var known = snapshot.find(after.name());
        var present = known == null ? null : known.node();
        if (present == null) {
            snapshot.put(after);
            queue.happened(ClusterEvent.NODE_ADDED);
            return;
        }
        snapshot.put(after);
        if (!present.status().allocatable().equals(after.status().allocatable())) {
            queue.happened(ClusterEvent.NODE_ALLOCATABLE_CHANGED);
        }
        if (!present.metadata().labels().equals(after.metadata().labels())) {
            queue.happened(ClusterEvent.NODE_LABELS_CHANGED);
        }
        if (!present.spec().taints().equals(after.spec().taints())
                || present.spec().unschedulable() != after.spec().unschedulable()) {
            queue.happened(ClusterEvent.NODE_TAINTS_CHANGED);
        }
    }

    private void placed(Pod pod) {
        forget(pod);
        var info = PodInfo.of(pod, snapshot.names());
        var where = snapshot.where(pod.uid());
        var before = where == null ? null : where.pod(pod.uid());
        snapshot.put(info, pod.spec().nodeName());
        if (before == null) {
            queue.happened(ClusterEvent.POD_PLACED);
            return;
        }
        if (!before.labels().equals(info.labels())) {
            queue.happened(ClusterEvent.POD_LABELS_CHANGED);
        }
        if (!before.requests().equals(info.requests())) {
            queue.happened(ClusterEvent.POD_SHRANK);
        }
    }

    private void waiting(Pod pod) {
        if (!pod.spec().schedulerName().equals(schedulerName) || pod.deleting()) {
            forget(pod);
            return;
        }
        if (snapshot.where(pod.uid()) != null) {
            return; // Assumed; its binding is on the way.
        }
        var info = PodInfo.of(pod, snapshot.names());
        if (!pod.status().nominatedNodeName().isEmpty()) {
            nominations.put(info, pod.status().nominatedNodeName());
        }
        queue.put(info);
    }

    private void forget(Pod pod) {
        queue.remove(pod.uid());
        nominations.remove(pod.uid());
    }

    private void gone(Pod pod) {
        forget(pod);
        if (snapshot.where(pod.uid()) != null) {
            snapshot.remove(pod.uid());
            queue.happened(ClusterEvent.POD_REMOVED);
        }
    }

    private static boolean ended(Pod pod) {
        var phase = pod.status().phase();
        return phase.equals("Succeeded") || phase.equals("Failed");
    }
}

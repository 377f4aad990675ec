package io.coxswain.scheduler.queue;

import io.coxswain.scheduler.framework.Plugin;
import io.coxswain.scheduler.snapshot.PodInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

/// A pod that waits for a place, or is being placed right now. Only the queue changes it.
public final class QueuedPod {

    /// The most important first, then whoever waits longest.
    static final Comparator<QueuedPod> ORDER =
            Comparator.comparingInt((QueuedPod one) -> -one.pod.priority())
                    .thenComparing(one -> one.since)
                    .thenComparingLong(one -> one.sequence);

    /// Where in the queue a pod is.
    enum Place {
        ACTIVE,
        BACKING_OFF,
        UNSCHEDULABLE,
        GATED,
        IN_FLIGHT,
        GONE
    }

    final long sequence;
    PodInfo pod;
    Place place = Place.GONE;
    Instant since;
    Instant failedAt = Instant.MIN;
    Instant retryAt = Instant.MIN;
    Set<Plugin> rejectedBy = Set.of();
    boolean faulty;
    int attempts;

    QueuedPod(PodInfo pod, Instant since, long sequence) {
        this.pod = pod;
        this.since = since;
        this.sequence = sequence;
    }

    public PodInfo pod() {
        return pod;
    }

    /// How often it was tried.
    public int attempts() {
        return attempts;
    }

    @Override
    public String toString() {
        return pod + " " + place;
    }
}

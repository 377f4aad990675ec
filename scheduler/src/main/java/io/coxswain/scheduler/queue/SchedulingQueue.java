package io.coxswain.scheduler.queue;

import io.coxswain.base.Clock;
import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.GatePlugin;
import io.coxswain.scheduler.framework.Plugin;
import io.coxswain.scheduler.framework.Profile;
import io.coxswain.scheduler.queue.QueuedPod.Place;
import io.coxswain.scheduler.snapshot.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pods that wait for a place. Used by the scheduling loop alone.
///
/// ```
///  add → active ──poll──→ in flight ──→ (placed: gone)
///          ↑                  │ no node will do
///          │                  ▼
///      backing off ←──── unschedulable       an event that a plugin waits for, or 5 minutes
/// ```
/// A pod that failed waits 1 s, 2 s, 4 s … up to 10 s before it is tried again; sooner when nothing
/// else is to be done. Events come through the loop's inbox, which is emptied between two pods: an
/// event that happens while a pod is being placed is seen after the pod has been put aside, so no
/// wake-up is lost.
public final class SchedulingQueue {

    private static final Duration BACK_OFF_MIN = Duration.ofSeconds(1);
    private static final Duration BACK_OFF_MAX = Duration.ofSeconds(10);
    private static final Duration UNSCHEDULABLE_MAX = Duration.ofMinutes(5);

    private final Clock clock;
    private final List<GatePlugin> gates;
    private final Map<String, QueuedPod> byUid = new HashMap<>();
    private final PriorityQueue<QueuedPod> active = new PriorityQueue<>(QueuedPod.ORDER);
    private final PriorityQueue<QueuedPod> backingOff =
            new PriorityQueue<>(
                    Comparator.comparing((QueuedPod one) -> one.retryAt)
                            .thenComparing(QueuedPod.ORDER));
    private final Map<String, QueuedPod> unschedulable = new LinkedHashMap<>();
    private long sequence;

    public SchedulingQueue(Clock clock, Profile profile) {
        this.clock = clock;
        this.gates = profile.of(GatePlugin.class).toList();
    }

    /// Takes in a pod that is new, or that has changed.
    public void put(PodInfo pod) {
        var known = byUid.get(pod.uid());
        if (known == null) {
            var fresh = new QueuedPod(pod, clock.now(), sequence++);
            byUid.put(pod.uid(), fresh);
            enter(fresh);
            return;
        }
        var before = known.pod;
        known.pod = pod;
        var changed =
                !before.pod().spec().equals(pod.pod().spec())
                        || !before.labels().equals(pod.labels());
        switch (known.place) {
            case GATED -> enter(known);
            case UNSCHEDULABLE -> {
                if (changed) {
                    wake(known);
                }
            }
            case ACTIVE, BACKING_OFF, IN_FLIGHT, GONE -> {}
        }
    }

    public void remove(String uid) {
        var known = byUid.remove(uid);
        if (known != null) {
            leave(known);
            known.place = Place.GONE;
        }
    }

    /// The next pod to place; null when none is ready. Follow it with one of the `failed` methods,
    /// or with [#remove] when it is placed.
    public @Nullable QueuedPod poll() {
        release();
        var next = active.poll();
        if (next == null) {
            next = early();
        }
        if (next != null) {
            next.place = Place.IN_FLIGHT;
            next.attempts++;
        }
        return next;
    }

    /// No node will do, for reasons of these plugins.
    public void failed(QueuedPod pod, Set<Plugin> rejectedBy) {
        if (pod.place != Place.IN_FLIGHT) {
            return;
        }
        pod.failedAt = clock.now();
        pod.rejectedBy = rejectedBy;
        pod.faulty = false;
        pod.place = Place.UNSCHEDULABLE;
        unschedulable.put(pod.pod.uid(), pod);
    }

    /// Something went wrong that has nothing to do with the nodes: tries again after the back-off.
    public void faulted(QueuedPod pod) {
        if (pod.place != Place.IN_FLIGHT) {
            return;
        }
        pod.failedAt = clock.now();
        pod.faulty = true;
        backOff(pod);
    }

    /// Something happened in the cluster: whoever was turned away by a plugin that waits for it
    /// gets another try.
    public void happened(ClusterEvent event) {
        if (unschedulable.isEmpty()) {
            return;
        }
        var woken = unschedulable.values().stream().filter(pod -> waitsFor(pod, event)).toList();
        woken.forEach(this::wake);
    }

    /// When there will be something to do without anything happening; null when never.
    public @Nullable Instant next() {
        if (!active.isEmpty()) {
            return clock.now();
        }
        var first = backingOff.peek();
        var retry = first == null ? null : first.retryAt;
        if (unschedulable.isEmpty()) {
            return retry;
        }
        var flush = unschedulable.values().iterator().next().failedAt.plus(UNSCHEDULABLE_MAX);
        return retry != null && retry.isBefore(flush) ? retry : flush;
    }

    /// How many pods are known, wherever they are.
    public int size() {
        return byUid.size();
    }

    public @Nullable QueuedPod find(String uid) {
        return byUid.get(uid);
    }

    private void enter(QueuedPod pod) {
        leave(pod);
        for (var gate : gates) {
            if (gate.closedTo(pod.pod.pod()) != null) {
                pod.place = Place.GATED;
                return;
            }
        }
        pod.place = Place.ACTIVE;
        active.add(pod);
    }

    private void leave(QueuedPod pod) {
        switch (pod.place) {
            case ACTIVE -> active.remove(pod);
            case BACKING_OFF -> backingOff.remove(pod);
            case UNSCHEDULABLE -> unschedulable.remove(pod.pod.uid());
            case GATED, IN_FLIGHT, GONE -> {}
        }
    }

    private void wake(QueuedPod pod) {
        leave(pod);
        if (retryAt(pod).isAfter(clock.now())) {
            backOff(pod);
            return;
        }
        enter(pod);
    }

    private void backOff(QueuedPod pod) {
        leave(pod);
        pod.retryAt = retryAt(pod);
        pod.place = Place.BACKING_OFF;
        backingOff.add(pod);
    }

    private static Instant retryAt(QueuedPod pod) {
        var delay = BACK_OFF_MIN.multipliedBy(1L << Math.min(Math.max(pod.attempts - 1, 0), 10));
        return pod.failedAt.plus(delay.compareTo(BACK_OFF_MAX) < 0 ? delay : BACK_OFF_MAX);
    }

    /// Moves those whose time has come.
    private void release() {
        var now = clock.now();
        for (var next = backingOff.peek();
                next != null && !next.retryAt.isAfter(now);
                next = backingOff.peek()) {
            enter(next);
        }
        while (!unschedulable.isEmpty()) {
            var oldest = unschedulable.values().iterator().next();
            if (oldest.failedAt.plus(UNSCHEDULABLE_MAX).isAfter(now)) {
                return;
            }
            wake(oldest);
        }
    }

    /// One that is backing off though something happened that may help it.
    private @Nullable QueuedPod early() {
        var first = backingOff.stream().filter(pod -> !pod.faulty).min(backingOff.comparator());
        first.ifPresent(backingOff::remove);
        return first.orElse(null);
    }

    private static boolean waitsFor(QueuedPod pod, ClusterEvent event) {
        if (event == ClusterEvent.ANYTHING || pod.rejectedBy.isEmpty()) {
            return true;
        }
        for (var plugin : pod.rejectedBy) {
            if (plugin.wakesOn().contains(event)) {
                return true;
            }
        }
        return false;
    }
}

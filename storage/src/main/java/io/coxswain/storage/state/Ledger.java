package io.coxswain.storage.state;

import io.coxswain.storage.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// How much history there is, in coarse steps of revisions, so that its oldest part can be
/// measured.
final class Ledger {

    private static final int STEP_EVENTS = 1_000;
    private static final long STEP_NANOS = 1_000_000_000;

    /// What an event costs beside the bytes of its object, roughly.
    private static final int EVENT_BYTES = 300;

    private final Deque<Step> steps = new ArrayDeque<>();
    private long events;
    private long bytes;

    synchronized void add(List<Event> added, long nanos) {
        if (added.isEmpty()) {
            return;
        }
        var step = steps.peekLast();
        if (step == null || step.events >= STEP_EVENTS || nanos - step.startNanos >= STEP_NANOS) {
            step = new Step(nanos);
            steps.addLast(step);
        }
        var size = 0L;
        for (var event : added) {
            size += event.entry().bytes().length + EVENT_BYTES;
        }
        step.revision = added.getLast().revision();
        step.endNanos = nanos;
        step.events += added.size();
        step.bytes += size;
        events += added.size();
        bytes += size;
    }

    /// The revision up to which history exceeds the limits; 0 when it does not.
    synchronized long beyond(Limits limits, long nanos) {
        var keptEvents = events;
        var keptBytes = bytes;
        var revision = 0L;
        for (var step : steps) {
            var old = nanos - step.endNanos > limits.age().toNanos();
            if (!old && keptEvents <= limits.events() && keptBytes <= limits.bytes()) {
                break;
            }
            keptEvents -= step.events;
            keptBytes -= step.bytes;
            revision = step.revision;
        }
        return revision;
    }

    /// A step that is only partly forgotten still counts wholly.
    synchronized void forget(long revision) {
        for (var step = steps.peekFirst();
                step != null && step.revision <= revision;
                step = steps.peekFirst()) {
            steps.removeFirst();
            events -= step.events;
            bytes -= step.bytes;
        }
    }

    synchronized long events() {
        return events;
    }

    synchronized long bytes() {
        return bytes;
    }

    private static final class Step {
        final long startNanos;
        long endNanos;
        long revision;
        long events;
        long bytes;

        Step(long nanos) {
            this.startNanos = nanos;
            this.endNanos = nanos;
        }
    }
}

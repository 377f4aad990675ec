package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why and until when a pod is being ended.
///
/// @param reason the pod's status reason (`DeadlineExceeded`, `Evicted`); empty when it was deleted
/// @param deadline when the last container is killed the hard way
public record Ending(String reason, String message, Instant since, Instant deadline) {

    private static final long DEFAULT_GRACE_SECONDS = 30;

    /// The end of a pod by its own definition or by its deletion; null while it is to run.
    ///
    /// @param before what was decided earlier: it stands, but a deletion can shorten it
    static @Nullable Ending of(Pod pod, @Nullable Ending before, Instant now) {
        if (pod.deleting()) {
            var since = before == null ? now : before.since();
            var deadline = since.plusSeconds(Math.max(1, deletionGrace(pod)));
            if (before == null || deadline.isBefore(before.deadline())) {
                return new Ending(
                        before == null ? "" : before.reason(),
                        before == null ? "" : before.message(),
                        since,
                        deadline);
            }
            return before;
        }
        return before != null ? before : overdue(pod, now);
    }

    static Ending evicted(String reason, String message, Instant now, long graceSeconds) {
        return new Ending(reason, message, now, now.plusSeconds(graceSeconds));
    }

    /// When the pod's active deadline passes; null without one.
    static @Nullable Instant activeDeadline(Pod pod) {
        var seconds = pod.spec().activeDeadlineSeconds();
        var start = pod.status().startTime();
        return seconds == null || start == null ? null : start.plusSeconds(seconds);
    }

    static long grace(Pod pod) {
        var seconds = pod.spec().terminationGracePeriodSeconds();
        return seconds == null ? DEFAULT_GRACE_SECONDS : seconds;
    }

    long secondsLeft(Instant now) {
        return Math.max(0, Duration.between(now, deadline).toSeconds());
    }

    private static long deletionGrace(Pod pod) {
        var seconds = pod.metadata().deletionGracePeriodSeconds();
        return seconds == null ? grace(pod) : seconds;
    }

    private static @Nullable Ending overdue(Pod pod, Instant now) {
        var end = activeDeadline(pod);
        if (end == null || end.isAfter(now)) {
            return null;
        }
        return new Ending(
                "DeadlineExceeded",
                "Pod was active on the node longer than the specified deadline",
                now,
                now.plusSeconds(grace(pod)));
    }
}

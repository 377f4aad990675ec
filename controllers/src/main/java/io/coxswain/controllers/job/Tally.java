package io.coxswain.controllers.job;

import io.coxswain.api.batch.Job;
import io.coxswain.api.batch.Job.UncountedTerminatedPods;
import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.client.Patch;
import io.coxswain.client.controller.Step;
import io.coxswain.controllers.pods.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Counts ended pods exactly once, although pods may be deleted by anyone at any time.
///
/// Every pod carries a finalizer. When it has ended, its UID is first written to the Job's
/// `uncountedTerminatedPods`; only then is the finalizer taken off; and only once it is off does
/// the UID move from the list into the count. Whatever is interrupted is found again half-way:
///
/// ```
/// pod ended, finalizer on,  uid nowhere      → put the uid on the list
/// pod ended, finalizer on,  uid on the list  → take the finalizer off
/// finalizer off or pod gone, uid on the list → count it, take the uid off the list
/// ```
///
/// @param succeeded the count in the status, without the list
/// @param uncounted what the list is to be
/// @param releases the finalizers to take off once the status is written
record Tally(
        int succeeded,
        int failed,
        SortedSet<Integer> completed,
        UncountedTerminatedPods uncounted,
        List<Step> releases) {

    static final String FINALIZER = "batch.kubernetes.io/job-tracking";

    /// @param pods all pods of the Job
    /// @param ignored whose failure does not count
    static Tally of(Job job, List<Pod> pods, List<Pod> ignored) {
        var status = job.status();
        var before = status.uncountedTerminatedPods();
        var byUid = new HashMap<String, Pod>();
        pods.forEach(pod -> byUid.put(pod.uid(), pod));
        var completed = Indexes.parse(status.completedIndexes());
        var succeeded = new ArrayList<String>();
        var failed = new ArrayList<String>();
        var counted = new int[2];
        if (before != null) {
            counted[0] = carry(before.succeeded(), byUid, succeeded);
            counted[1] = carry(before.failed(), byUid, failed);
        }
        var releases = new ArrayList<Step>();
        for (var pod : pods) {
            if (!tracked(pod) || !(Pods.terminal(pod) || abandoned(job, pod))) {
                continue;
            }
            var known = succeeded.contains(pod.uid()) || failed.contains(pod.uid());
            if (Pods.succeeded(pod)) {
                completed.addAll(valid(job, Indexes.of(pod)));
                if (!known) {
                    succeeded.add(pod.uid());
                }
            } else if (!known && !ignored.contains(pod)) {
                failed.add(pod.uid());
            }
            releases.add(release(pod));
        }
        return new Tally(
                status.succeeded() + counted[0],
                status.failed() + counted[1],
                completed,
                new UncountedTerminatedPods(List.copyOf(succeeded), List.copyOf(failed)),
                List.copyOf(releases));
    }

    int allSucceeded(boolean indexed) {
        return indexed ? completed.size() : succeeded + uncounted.succeeded().size();
    }

    int allFailed() {
        return failed + uncounted.failed().size();
    }

    static boolean tracked(Pod pod) {
        return pod.metadata().finalizers().contains(FINALIZER);
    }

    /// Takes the Job's finalizer off a pod.
    static Step release(Pod pod) {
        var delete =
                Json.object(
                        Map.of(
                                "$deleteFromPrimitiveList/finalizers",
                                Json.array(List.of(Json.of(FINALIZER)))));
        return new Step.PatchObject(
                Pod.class,
                pod.namespace(),
                pod.name(),
                Patch.strategic(Json.object(Map.of("metadata", delete))));
    }

    /// Keeps the UIDs whose pods still have the finalizer, and counts the others.
    private static int carry(List<String> uids, Map<String, Pod> byUid, List<String> kept) {
        var counted = 0;
        for (var uid : uids) {
            @Nullable Pod pod = byUid.get(uid);
            if (pod != null && tracked(pod)) {
                kept.add(uid);
            } else {
                counted++;
            }
        }
        return counted;
    }

    /// A deleted pod counts as failed at once, unless its replacement is to wait for its end.
    private static boolean abandoned(Job job, Pod pod) {
        return pod.deleting() && !"Failed".equals(job.spec().podReplacementPolicy());
    }

    private static List<Integer> valid(Job job, int index) {
        var completions = job.spec().completions();
        return index >= 0 && completions != null && index < completions
                ? List.of(index)
                : List.of();
    }
}

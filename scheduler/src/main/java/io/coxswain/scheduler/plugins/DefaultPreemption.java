package io.coxswain.scheduler.plugins;

import io.coxswain.scheduler.framework.PostFilterPlugin;
import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes room for a pod by removing pods of lower priority: as few and as unimportant ones as will
/// do, and none that a disruption budget protects if that can be helped.
public final class DefaultPreemption implements PostFilterPlugin {

    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";
    private static final int CANDIDATES_MAX = 100;

    /// The most important pod first; of equals, whoever has run longest.
    private static final Comparator<PodInfo> IMPORTANCE =
            Comparator.comparingInt((PodInfo pod) -> -pod.priority())
                    .thenComparing(DefaultPreemption::started);

    private static final Comparator<Candidate> LEAST_HARM =
            Comparator.comparingInt(Candidate::broken)
                    .thenComparingInt(Candidate::highest)
                    .thenComparingLong(Candidate::sum)
                    .thenComparingInt(candidate -> candidate.victims.size())
                    .thenComparing(Candidate::earliest, Comparator.reverseOrder());

    /// A node, and who would have to go.
    private record Candidate(NodeInfo node, List<PodInfo> victims, int broken) {

        int highest() {
            return victims.getFirst().priority();
        }

        /// Shifted, so that more victims of negative priority do not look like less harm.
        long sum() {
            return victims.stream()
                    .mapToLong(pod -> pod.priority() - (long) Integer.MIN_VALUE)
                    .sum();
        }

        /// When the longest running of the most important victims started.
        Instant earliest() {
            return victims.stream()
                    .filter(pod -> pod.priority() == highest())
                    .map(DefaultPreemption::started)
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.MAX);
        }
    }

    @Override
    public Room makeRoom(Attempt attempt) {
        var objection = objection(attempt);
        if (objection != null) {
            return new Room(null, List.of(), "preemption: " + objection, true);
        }
        var reasons = new TreeMap<String, Integer>();
        Candidate best = null;
        var found = 0;
        for (var node : attempt.snapshot().nodes().toList()) {
            var candidate = found < CANDIDATES_MAX ? candidate(attempt, node, reasons) : null;
            if (candidate != null) {
                found++;
                best = best == null || LEAST_HARM.compare(candidate, best) < 0 ? candidate : best;
            }
        }
        return best == null
                ? Room.none("preemption: " + message(attempt.snapshot(), reasons))
                : new Room(best.node, best.victims, "", false);
    }

    /// Why the pod may not preempt anybody; null when it may.
    private static @Nullable String objection(Attempt attempt) {
        if ("Never".equals(attempt.pod().pod().spec().preemptionPolicy())) {
            return "not eligible due to preemptionPolicy=Never.";
        }
        var nominated = attempt.snapshot().find(attempt.nominated());
        if (nominated == null) {
            return null;
        }
        var rejection = attempt.placement().rejection(nominated.slot());
        if (rejection != null && !rejection.resolvable()) {
            return null;
        }
        return nominated.pods().stream()
                        .filter(pod -> pod.priority() < attempt.pod().priority())
                        .anyMatch(pod -> pod.pod().deleting())
                ? "not eligible due to terminating pod on the nominated node."
                : null;
    }

    /// Who would have to leave the node; null, and a reason, when that would not help.
    private static @Nullable Candidate candidate(
            Attempt attempt, NodeInfo node, Map<String, Integer> reasons) {
        var rejection = attempt.placement().rejection(node.slot());
        if (rejection != null && !rejection.resolvable()) {
            reasons.merge(NOT_HELPFUL, 1, Integer::sum);
            return null;
        }
        var lower =
                node.pods().stream()
                        .filter(pod -> pod.priority() < attempt.pod().priority())
                        .sorted(IMPORTANCE)
                        .toList();
        if (lower.isEmpty()) {
            reasons.merge(NO_VICTIMS, 1, Integer::sum);
            return null;
        }
        var expected = attempt.nominations().before(attempt.pod(), node);
        expected.forEach(pod -> attempt.placement().imagine(node, pod, 1));
        lower.forEach(pod -> attempt.placement().imagine(node, pod, -1));
        var still = attempt.placement().ask(node);
        var victims = still == null ? victims(attempt, node, lower) : lower;
        victims.forEach(pod -> attempt.placement().imagine(node, pod, 1));
        expected.forEach(pod -> attempt.placement().imagine(node, pod, -1));
        if (still != null) {
            count(still, reasons);
            return null;
        }
        var broken = Budgets.broken(lower, attempt.snapshot().objects());
        return new Candidate(
                node, victims, (int) victims.stream().filter(broken::contains).count());
    }

    /// Brings back, in thought, all pods that need not go: protected ones first.
    private static List<PodInfo> victims(Attempt attempt, NodeInfo node, List<PodInfo> lower) {
        var broken = Budgets.broken(lower, attempt.snapshot().objects());
        var order = new ArrayList<>(lower);
        order.sort(
                Comparator.comparing((PodInfo pod) -> !broken.contains(pod))
                        .thenComparing(IMPORTANCE));
        var victims = new ArrayList<PodInfo>();
        for (var pod : order) {
            attempt.placement().imagine(node, pod, 1);
            if (attempt.placement().ask(node) != null) {
                attempt.placement().imagine(node, pod, -1);
                victims.add(pod);
            }
        }
        victims.sort(IMPORTANCE);
        return List.copyOf(victims);
    }

    private static void count(Rejection rejection, Map<String, Integer> reasons) {
        rejection.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    }

    private static String message(Snapshot snapshot, Map<String, Integer> reasons) {
        var counts =
                reasons.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .sorted()
                        .collect(Collectors.joining(", "));
        return "0/" + snapshot.size() + " nodes are available: " + counts + ".";
    }

    private static Instant started(PodInfo pod) {
        var time = pod.pod().status().startTime();
        return time == null ? Instant.MAX : time;
    }
}

package io.coxswain.controllers.replicaset;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsLast;

import io.coxswain.api.core.Pod;
import io.coxswain.controllers.pods.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which pods go first when there are too many: those a user would miss least.
///
/// Not scheduled, not running, not ready; then the lower `pod-deletion-cost`; then where more
/// related pods share the node; then the younger. Ages count by powers of two, so that pods of
/// about the same age are picked without favour.
final class DeletionOrder {

    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    private final Map<String, Long> relatedByNode;
    private final Instant now;

    DeletionOrder(Stream<Pod> related, Instant now) {
        this.relatedByNode =
                related.filter(Pods::active)
                        .map(pod -> pod.spec().nodeName())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        this.now = now;
    }

    /// The `count` pods to delete.
    List<Pod> first(List<Pod> pods, int count) {
        return pods.size() <= count ? pods : pods.stream().sorted(order()).limit(count).toList();
    }

    private Comparator<Pod> order() {
        return comparing(Pods::scheduled)
                .thenComparingInt(DeletionOrder::phase)
                .thenComparing(Pods::ready)
                .thenComparingInt(DeletionOrder::cost)
                .thenComparingLong(pod -> -related(pod))
                .thenComparing(pod -> bucket(Pods.readySince(pod)), nullsLast(Long::compare))
                .thenComparingInt(pod -> -Pods.restarts(pod))
                .thenComparing(
                        pod -> bucket(pod.metadata().creationTimestamp()), nullsLast(Long::compare))
                .thenComparing(Pod::uid);
    }

    private static int phase(Pod pod) {
        return switch (pod.status().phase()) {
            case "Running" -> 2;
            case "Unknown" -> 1;
            default -> 0;
        };
    }

    private static int cost(Pod pod) {
        var text = pod.metadata().annotations().get(COST);
        if (text == null) {
            return 0;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private long related(Pod pod) {
        return relatedByNode.getOrDefault(pod.spec().nodeName(), 0L);
    }

    private @Nullable Long bucket(@Nullable Instant since) {
        if (since == null) {
            return null;
        }
        var seconds = Math.max(0, Duration.between(since, now).toSeconds());
        return 64L - Long.numberOfLeadingZeros(seconds);
    }
}

package io.coxswain.controllers.podgc;

import static java.util.Comparator.comparing;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Disruption;
import io.coxswain.controllers.pods.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Deletes pods whose node is gone, pods that were deleted before they got a node, and the oldest
/// ended pods when there are too many.
public final class PodGarbageController implements Controller<Pod> {

    /// A node may be missing from the view for a moment; its pods get this long.
    private static final Duration QUARANTINE = Duration.ofSeconds(40);

    private static final Duration PERIOD = Duration.ofSeconds(20);

    private final int endedMax;
    private final Map<String, Instant> missingSince = new ConcurrentHashMap<>();

    /// @param endedMax how many ended pods are kept, upstream's 12,500 by default; 0 for all
    public PodGarbageController(int endedMax) {
        this.endedMax = endedMax;
    }

    @Override
    public Plan reconcile(Pod pod, View view) {
        var node = pod.spec().nodeName();
        if (node.isEmpty()) {
            // A deleted pod without a node has no kubelet to confirm its end.
            return pod.deleting() && !Pods.terminal(pod)
                    ? fail(pod, "pod was deleted before it was scheduled", view)
                    : Plan.NOTHING;
        }
        if (view.find(Node.class, "", node) == null) {
            return orphaned(pod, view);
        }
        missingSince.remove(node);
        return endedMax > 0 && Pods.terminal(pod) && tooMany(pod, view)
                ? Plan.of(Step.delete(pod))
                : Plan.NOTHING;
    }

    /// A node that is gone concerns its pods.
    public static Stream<NamespacedName> ofNode(Node node, View view) {
        return view.find(Node.class, "", node.name()) != null
                ? Stream.of()
                : view.all(Pod.class)
                        .filter(pod -> pod.spec().nodeName().equals(node.name()))
                        .map(NamespacedName::of);
    }

    private Plan orphaned(Pod pod, View view) {
        var since = missingSince.computeIfAbsent(pod.spec().nodeName(), node -> view.now());
        if (since.plus(QUARANTINE).isAfter(view.now())) {
            return Plan.NOTHING.again(PERIOD);
        }
        return fail(pod, "PodGC: node no longer exists", view);
    }

    private static Plan fail(Pod pod, String why, View view) {
        var delete = new Step.DeleteNow(pod);
        return Pods.terminal(pod)
                ? Plan.of(delete)
                : Plan.of(Disruption.fail(pod, "DeletionByPodGC", why, view.now())).then(delete);
    }

    /// Whether the pod is among the oldest ended ones beyond the number that is kept.
    private boolean tooMany(Pod pod, View view) {
        var ended = view.all(Pod.class).filter(Pods::terminal).toList();
        if (ended.size() <= endedMax) {
            return false;
        }
        return ended.stream()
                .sorted(comparing(PodGarbageController::created).thenComparing(Pod::uid))
                .limit(ended.size() - endedMax)
                .anyMatch(pod::equals);
    }

    private static Instant created(Pod pod) {
        return Objects.requireNonNullElse(pod.metadata().creationTimestamp(), Instant.MAX);
    }
}

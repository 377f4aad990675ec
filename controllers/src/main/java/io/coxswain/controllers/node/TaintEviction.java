package io.coxswain.controllers.node;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.Taint;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Toleration;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Disruption;
import io.coxswain.controllers.pods.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Deletes pods from nodes with a NoExecute taint that they do not tolerate, or no longer: each
/// toleration lasts `tolerationSeconds` from when the taint was put on, and the shortest counts.
public final class TaintEviction implements Controller<Pod> {

    @Override
    public Plan reconcile(Pod pod, View view) {
        var node =
                pod.spec().nodeName().isEmpty()
                        ? null
                        : view.find(Node.class, "", pod.spec().nodeName());
        if (node == null || pod.deleting() || Pods.terminal(pod)) {
            return Plan.NOTHING;
        }
        var deadline = deadline(pod, noExecute(node), view.now());
        if (deadline == null) {
            return Plan.NOTHING;
        }
        if (deadline.isAfter(view.now())) {
            return Plan.NOTHING.again(Duration.between(view.now(), deadline));
        }
        return Plan.of(
                        Step.event(
                                pod,
                                "TaintManagerEviction",
                                "Marking for deletion Pod " + pod.namespace() + "/" + pod.name()))
                .then(
                        Disruption.mark(
                                pod,
                                "DeletionByTaintManager",
                                "Taint manager: deleting due to NoExecute taint",
                                view.now()))
                .then(Step.delete(pod));
    }

    /// A node that got or lost a NoExecute taint concerns its pods.
    public static Stream<NamespacedName> ofNode(Node node, View view) {
        return noExecute(node).isEmpty()
                ? Stream.of()
                : view.all(Pod.class)
                        .filter(pod -> pod.spec().nodeName().equals(node.name()))
                        .map(NamespacedName::of);
    }

    /// Until when the pod tolerates all the taints; null for ever.
    static @Nullable Instant deadline(Pod pod, List<Taint> taints, Instant now) {
        return taints.stream()
                .map(taint -> deadline(pod, taint, now))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable Instant deadline(Pod pod, Taint taint, Instant now) {
        var tolerating =
                pod.spec().tolerations().stream()
                        .filter(toleration -> tolerates(toleration, taint))
                        .toList();
        if (tolerating.isEmpty()) {
            return Instant.MIN;
        }
        var since = taint.timeAdded() == null ? now : taint.timeAdded();
        return tolerating.stream()
                .map(Toleration::tolerationSeconds)
                .filter(Objects::nonNull)
                .min(Long::compareTo)
                .map(seconds -> since.plusSeconds(Math.max(0, seconds)))
                .orElse(null);
    }

    /// Whether a toleration is for a taint: same key and effect, empty matching all.
    public static boolean tolerates(Toleration toleration, Taint taint) {
        if (!toleration.effect().isEmpty() && !toleration.effect().equals(taint.effect())) {
            return false;
        }
        if (!toleration.key().isEmpty() && !toleration.key().equals(taint.key())) {
            return false;
        }
        return switch (toleration.operator()) {
            case "", "Equal" ->
                    !toleration.key().isEmpty() && toleration.value().equals(taint.value());
            case "Exists" -> true;
            default -> false;
        };
    }

    private static List<Taint> noExecute(Node node) {
        return node.spec().taints().stream()
                .filter(taint -> taint.effect().equals(NodeTaints.NO_EXECUTE))
                .toList();
    }
}

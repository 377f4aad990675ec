package io.coxswain.controllers.node;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeCondition;
import io.coxswain.api.core.Node.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The taints that follow from a node's conditions.
final class NodeTaints {

    static final String NOT_READY = "node.kubernetes.io/not-ready";
    static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    static final String NO_SCHEDULE = "NoSchedule";
    static final String NO_EXECUTE = "NoExecute";

    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

    private static final Map<String, String> BY_CONDITION =
            Map.of(
                    "MemoryPressure", "node.kubernetes.io/memory-pressure",
                    "DiskPressure", "node.kubernetes.io/disk-pressure",
                    "PIDPressure", "node.kubernetes.io/pid-pressure",
                    "NetworkUnavailable", "node.kubernetes.io/network-unavailable");

    private static final Set<String> OURS_NO_SCHEDULE =
            Set.of(
                    NOT_READY,
                    UNREACHABLE,
                    UNSCHEDULABLE,
                    "node.kubernetes.io/memory-pressure",
                    "node.kubernetes.io/disk-pressure",
                    "node.kubernetes.io/pid-pressure",
                    "node.kubernetes.io/network-unavailable");

    private NodeTaints() {}

    /// The taints the node should have: its own, and ours as its conditions say.
    ///
    /// @param evict whether pods are to leave a node that is not ready
    static List<Taint> of(Node node, boolean evict, Instant now) {
        var wanted = new ArrayList<Taint>();
        for (var taint : node.spec().taints()) {
            if (!ours(taint)) {
                wanted.add(taint);
            }
        }
        var ready = condition(node, "Ready");
        var readyStatus = ready == null ? "Unknown" : ready.status();
        if (!readyStatus.equals("True")) {
            var key = readyStatus.equals("False") ? NOT_READY : UNREACHABLE;
            wanted.add(taint(node, key, NO_SCHEDULE, now));
            if (evict) {
                wanted.add(taint(node, key, NO_EXECUTE, now));
            }
        }
        BY_CONDITION.forEach((type, key) -> {
            var condition = condition(node, type);
            if (condition != null && condition.status().equals("True")) {
                wanted.add(taint(node, key, NO_SCHEDULE, now));
            }
        });
        if (node.spec().unschedulable()) {
            wanted.add(taint(node, UNSCHEDULABLE, NO_SCHEDULE, now));
        }
        var present = node.spec().taints();
        var same = wanted.size() == present.size() && Set.copyOf(present).containsAll(wanted);
        return same ? present : List.copyOf(wanted);
    }

    static @Nullable NodeCondition condition(Node node, String type) {
        for (var condition : node.status().conditions()) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    private static boolean ours(Taint taint) {
        return taint.effect().equals(NO_SCHEDULE)
                ? OURS_NO_SCHEDULE.contains(taint.key())
                : taint.effect().equals(NO_EXECUTE)
                        && (taint.key().equals(NOT_READY) || taint.key().equals(UNREACHABLE));
    }

    /// The taint as it is on the node, so that its time stays, or a fresh one.
    private static Taint taint(Node node, String key, String effect, Instant now) {
        return node.spec().taints().stream()
                .filter(taint -> taint.key().equals(key) && taint.effect().equals(effect))
                .findFirst()
                .orElse(new Taint(key, "", effect, now));
    }
}

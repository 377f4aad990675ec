package io.coxswain.controllers.node;

import io.coxswain.api.coordination.Lease;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeCondition;
import io.coxswain.api.core.Node.NodeSpec;
import io.coxswain.api.core.Node.NodeStatus;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodCondition;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Notices nodes that stopped reporting, and keeps every node's taints in step with its conditions.
///
/// It remembers when it last heard of a node; everything else follows from the view. When no node
/// at all is ready, the fault is more likely here than there, and nobody is evicted.
public final class NodeLifecycleController implements Controller<Node> {

    /// How long a node may be silent.
    private static final Duration GRACE = Duration.ofSeconds(50);

    private static final Duration STARTUP_GRACE = Duration.ofSeconds(60);

    private static final List<String> REPORTED =
            List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

    private final Heartbeats heartbeats = new Heartbeats();

    @Override
    public Plan reconcile(Node node, View view) {
        if (node.deleting()) {
            return Plan.NOTHING;
        }
        var now = view.now();
        var last = heartbeats.last(node, view);
        var grace = NodeTaints.condition(node, "Ready") == null ? STARTUP_GRACE : GRACE;
        var silentFrom = last.plus(grace);
        if (!silentFrom.isAfter(now)) {
            var silent = silent(node, now);
            if (!silent.equals(node)) {
                return Plan.of(Step.updateStatus(silent)).then(tellNotReady(node));
            }
        }
        var plan = Plan.of(taints(node, view)).then(Plan.of(unreadyPods(node, view)));
        return silentFrom.isAfter(now) ? plan.again(Duration.between(now, silentFrom)) : plan;
    }

    @Override
    public Plan gone(String namespace, String name, View view) {
        heartbeats.forget(name);
        return Plan.NOTHING;
    }

    /// A lease is renewed for the node of its name.
    public static Stream<NamespacedName> ofLease(Lease lease, View view) {
        return lease.namespace().equals("kube-node-lease")
                ? Stream.of(new NamespacedName("", lease.name()))
                : Stream.of();
    }

    /// The node with every condition that a kubelet reports set to Unknown.
    private static Node silent(Node node, Instant now) {
        var conditions = new ArrayList<>(node.status().conditions());
        for (var type : REPORTED) {
            var known = NodeTaints.condition(node, type);
            if (known == null) {
                conditions.add(
                        new NodeCondition(
                                type,
                                "Unknown",
                                node.metadata().creationTimestamp(),
                                now,
                                "NodeStatusNeverUpdated",
                                "Kubelet never posted node status."));
            } else if (!known.status().equals("Unknown")) {
                conditions.set(
                        conditions.indexOf(known),
                        new NodeCondition(
                                type,
                                "Unknown",
                                known.lastHeartbeatTime(),
                                now,
                                "NodeStatusUnknown",
                                "Kubelet stopped posting node status."));
            }
        }
        var status = Edit.with(node.status(), NodeStatus::conditions, List.copyOf(conditions));
        return status.equals(node.status()) ? node : Edit.with(node, Node::status, status);
    }

    private static Plan tellNotReady(Node node) {
        return ready(node)
                ? Plan.of(
                        Step.event(
                                node,
                                "NodeNotReady",
                                "Node " + node.name() + " status is now: NodeNotReady"))
                : Plan.NOTHING;
    }

    private static Stream<Step> taints(Node node, View view) {
        var evict = !ready(node) && view.all(Node.class).anyMatch(NodeLifecycleController::ready);
        var held =
                node.spec().taints().stream()
                        .anyMatch(taint ->
                                taint.effect().equals(NodeTaints.NO_EXECUTE)
                                        && taint.key().equals(NodeTaints.NOT_READY));
        // A node that registers itself as not ready carries this taint from its first day.
        var taints = NodeTaints.of(node, evict || (held && !ready(node)), view.now());
        return taints.equals(node.spec().taints())
                ? Stream.of()
                : Stream.of(
                        Step.update(
                                Edit.with(
                                        node,
                                        Node::spec,
                                        Edit.with(node.spec(), NodeSpec::taints, taints))));
    }

    /// The pods of a silent node, which can no longer say so themselves.
    private static Stream<Step> unreadyPods(Node node, View view) {
        var condition = NodeTaints.condition(node, "Ready");
        if (condition == null || condition.status().equals("True")) {
            return Stream.of();
        }
        return view.all(Pod.class)
                .filter(pod -> pod.spec().nodeName().equals(node.name()) && Pods.ready(pod))
                .flatMap(pod ->
                        Stream.of(
                                Step.updateStatus(unready(pod, view.now())),
                                Step.warning(pod, "NodeNotReady", "Node is not ready")));
    }

    private static Pod unready(Pod pod, Instant now) {
        var conditions =
                pod.status().conditions().stream()
                        .map(known ->
                                known.type().equals("Ready")
                                        ? Edit.of(known)
                                                .set(PodCondition::status, "False")
                                                .set(PodCondition::lastTransitionTime, now)
                                                .done()
                                        : known)
                        .toList();
        return Edit.with(
                pod, Pod::status, Edit.with(pod.status(), PodStatus::conditions, conditions));
    }

    private static boolean ready(Node node) {
        @Nullable NodeCondition condition = NodeTaints.condition(node, "Ready");
        return condition != null && condition.status().equals("True");
    }
}

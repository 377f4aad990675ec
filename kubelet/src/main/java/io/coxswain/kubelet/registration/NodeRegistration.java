package io.coxswain.kubelet.registration;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeCondition;
import io.coxswain.api.core.Node.NodeSpec;
import io.coxswain.api.core.Node.NodeStatus;
import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.client.Client;
import io.coxswain.kubelet.KubeletConfiguration;
import io.coxswain.kubelet.events.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the Node object and keeps its status true: written at once when something has changed, and
/// now and then to show that somebody is there.
public final class NodeRegistration implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);

    /// A node that is not ready looks more often whether it is.
    private static final Duration UNREADY_PERIOD = Duration.ofMillis(500);

    private static final Duration SETTLING_MAX = Duration.ofSeconds(15);

    private final KubeletConfiguration config;
    private final Client client;
    private final Supplier<NodeView> look;
    private final Events events;
    private final Clock clock;
    private @Nullable Instant started;
    private @Nullable Instant reported;

    /// @param look what the node is like now
    public NodeRegistration(
            KubeletConfiguration config,
            Client client,
            Supplier<NodeView> look,
            Events events,
            Clock clock) {
        this.config = config;
        this.client = client;
        this.look = look;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Next runOnce() {
        var view = look.get();
        if (started == null) {
            started = clock.now();
            events.emit(reference(), Events.NORMAL, "Starting", "Starting kubelet.");
        }
        try {
            var node = registered(view);
            var status = NodeStatuses.of(config, view, node.status(), clock.now());
            if (!settling(node.status(), status)) {
                report(node, status);
            }
            if (!ready(status)) {
                return Next.in(clock, UNREADY_PERIOD);
            }
        } catch (ApiError e) {
            if (!e.conflict() && !e.alreadyExists()) {
                throw e;
            }
            LOG.debug("node {} was changed meanwhile: {}", config.nodeName(), e.getMessage());
            return Next.in(clock, Duration.ofMillis(100));
        }
        return Next.in(clock, Duration.ofSeconds(config.nodeStatusUpdateFrequencySeconds()));
    }

    /// Whether the node was ready before this process began and may soon be seen to be so still:
    /// saying otherwise would take all its pods out of their Services.
    private boolean settling(NodeStatus before, NodeStatus now) {
        return ready(before)
                && !ready(now)
                && started != null
                && clock.now().isBefore(started.plus(SETTLING_MAX));
    }

    /// The Node as it is, or as it is after this.
    private Node registered(NodeView view) {
        var labels = NodeStatuses.labels(config, view.machine());
        var found = client.find(Node.class, "", config.nodeName());
        if (found == null) {
            LOG.info("registering node {}", config.nodeName());
            return client.create(fresh(view, labels));
        }
        var all = new HashMap<>(found.metadata().labels());
        all.putAll(labels);
        if (all.equals(found.metadata().labels())) {
            return found;
        }
        var meta = Edit.with(found.metadata(), ObjectMeta::labels, (Map<String, String>) all);
        return client.update(Edit.with(found, Node::metadata, meta));
    }

    private Node fresh(NodeView view, Map<String, String> labels) {
        var meta =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, config.nodeName())
                        .set(ObjectMeta::labels, labels)
                        .set(
                                ObjectMeta::annotations,
                                Map.of(
                                        "volumes.kubernetes.io/controller-managed-attach-detach",
                                        "true"))
                        .done();
        var cidrs = config.podCIDRs();
        var spec =
                Edit.of(NodeSpec.class)
                        .set(NodeSpec::podCIDR, cidrs.isEmpty() ? "" : cidrs.getFirst())
                        .set(NodeSpec::podCIDRs, cidrs)
                        .set(NodeSpec::providerID, config.providerID())
                        .set(NodeSpec::taints, config.registerWithTaints())
                        .done();
        var none = Edit.of(NodeStatus.class).done();
        return new Node(meta, spec, NodeStatuses.of(config, view, none, clock.now()));
    }

    private void report(Node node, NodeStatus status) {
        var now = clock.now();
        var fresh =
                reported != null
                        && Duration.between(reported, now).toSeconds()
                                < config.nodeStatusReportFrequencySeconds();
        if (fresh && sameBesidesHeartbeat(node.status(), status)) {
            return;
        }
        tell(node.status(), status);
        client.updateStatus(Edit.with(node, Node::status, status));
        reported = now;
    }

    private static boolean sameBesidesHeartbeat(NodeStatus one, NodeStatus other) {
        return silent(one).equals(silent(other));
    }

    private static NodeStatus silent(NodeStatus status) {
        List<NodeCondition> conditions =
                status.conditions().stream()
                        .map(c -> Edit.with(c, NodeCondition::lastHeartbeatTime, null))
                        .toList();
        return Edit.with(status, NodeStatus::conditions, conditions);
    }

    /// Says so when the node has become ready or has ceased to be.
    private void tell(NodeStatus before, NodeStatus after) {
        var was = ready(before);
        var is = ready(after);
        if (was != is) {
            var reason = is ? "NodeReady" : "NodeNotReady";
            events.emit(
                    reference(),
                    Events.NORMAL,
                    reason,
                    "Node " + config.nodeName() + " status is now: " + reason);
        }
    }

    private static boolean ready(NodeStatus status) {
        return status.conditions().stream()
                .anyMatch(c -> c.type().equals("Ready") && c.status().equals("True"));
    }

    private ObjectReference reference() {
        return new ObjectReference("Node", "", config.nodeName(), config.nodeName(), "", "", "");
    }
}

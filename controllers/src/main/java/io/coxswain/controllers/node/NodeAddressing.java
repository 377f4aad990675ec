package io.coxswain.controllers.node;

import io.coxswain.api.core.Node;
import io.coxswain.api.json.Json;
import io.coxswain.client.Patch;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.simulated.SimulatedNodes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gives every node its part of the cluster's pod addresses (node IPAM).
///
/// What was handed out and is not yet to be seen in the view is remembered, so that two nodes that
/// come at once get different parts. Simulated nodes need none.
public final class NodeAddressing implements Controller<Node> {

    private final PodRanges ranges;
    private final Map<String, String> handedOut = new HashMap<>();

    /// @param clusterCidr such as `10.244.0.0/16`
    /// @param nodeMaskSize such as 24
    public NodeAddressing(String clusterCidr, int nodeMaskSize) {
        this.ranges = PodRanges.of(clusterCidr, nodeMaskSize);
    }

    @Override
    public synchronized Plan reconcile(Node node, View view) {
        if (!node.spec().podCIDR().isEmpty()) {
            handedOut.remove(node.name());
            return Plan.NOTHING;
        }
        if (node.deleting() || SimulatedNodes.simulated(node)) {
            return Plan.NOTHING;
        }
        var range = handedOut.get(node.name());
        if (range == null) {
            range = ranges.free(used(view));
        }
        if (range == null) {
            return Plan.of(
                    Step.event(
                            node,
                            "CIDRNotAvailable",
                            "Node " + node.name() + " status is now: CIDRNotAvailable"));
        }
        handedOut.put(node.name(), range);
        var spec =
                Json.EMPTY
                        .with("podCIDR", Json.of(range))
                        .with("podCIDRs", Json.array(List.of(Json.of(range))));
        return Plan.of(
                new Step.PatchObject(
                        Node.class,
                        "",
                        node.name(),
                        Patch.strategic(Json.EMPTY.with("spec", spec))));
    }

    @Override
    public synchronized Plan gone(String namespace, String name, View view) {
        handedOut.remove(name);
        return Plan.NOTHING;
    }

    private Set<String> used(View view) {
        var used = new HashSet<>(handedOut.values());
        view.all(Node.class)
                .forEach(node -> {
                    used.add(node.spec().podCIDR());
                    used.addAll(node.spec().podCIDRs());
                });
        return used;
    }
}

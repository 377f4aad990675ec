package io.coxswain.controllers.simulated;

import io.coxswain.api.coordination.Lease;
import io.coxswain.api.coordination.Lease.LeaseSpec;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeAddress;
import io.coxswain.api.core.Node.NodeCondition;
import io.coxswain.api.core.Node.NodeStatus;
import io.coxswain.api.core.Node.NodeSystemInfo;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.RecordType;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Keeps a simulated node alive: ready, and with a lease that is renewed.
final class SimulatedNode implements Controller<Node> {

    private static final String LEASES = "kube-node-lease";
    private static final Duration RENEW_EVERY = Duration.ofSeconds(10);
    private static final Map<String, Quantity> CAPACITY =
            Map.of(
                    "cpu", Quantity.parse("4"),
                    "memory", Quantity.parse("8Gi"),
                    "pods", Quantity.parse("110"));
    private static final NodeSystemInfo INFO =
            Edit.of(NodeSystemInfo.class)
                    .set(NodeSystemInfo::kubeletVersion, "v1.36.0")
                    .set(NodeSystemInfo::containerRuntimeVersion, "simulated://1.0")
                    .set(NodeSystemInfo::osImage, "Simulated")
                    .set(NodeSystemInfo::operatingSystem, "linux")
                    .set(NodeSystemInfo::architecture, "amd64")
                    .done();

    @Override
    public Plan reconcile(Node node, View view) {
        if (!SimulatedNodes.simulated(node) || node.deleting()) {
            return Plan.NOTHING;
        }
        var now = view.now();
        var plan = ready(node) ? Plan.NOTHING : Plan.of(Step.updateStatus(madeReady(node, now)));
        var lease = view.find(Lease.class, LEASES, node.name());
        if (lease == null) {
            return plan.then(Step.create(lease(node, now))).again(RENEW_EVERY);
        }
        var renewed = lease.spec().renewTime();
        var due = renewed == null ? now : renewed.plus(RENEW_EVERY);
        if (due.isAfter(now)) {
            return plan.again(Duration.between(now, due));
        }
        var spec = Edit.with(lease.spec(), LeaseSpec::renewTime, now);
        return plan.then(Step.update(Edit.with(lease, Lease::spec, spec))).again(RENEW_EVERY);
    }

    static boolean ready(Node node) {
        return node.status().conditions().stream()
                .anyMatch(it -> it.type().equals("Ready") && it.status().equals("True"));
    }

    private static Node madeReady(Node node, Instant now) {
        var conditions =
                List.of(
                        condition("MemoryPressure", "False", "KubeletHasSufficientMemory", now),
                        condition("DiskPressure", "False", "KubeletHasNoDiskPressure", now),
                        condition("PIDPressure", "False", "KubeletHasSufficientPID", now),
                        condition("Ready", "True", "KubeletReady", now));
        var own = node.status();
        var amounts = own.allocatable().isEmpty() ? CAPACITY : own.allocatable();
        var status =
                Edit.of(own)
                        .set(
                                NodeStatus::capacity,
                                own.capacity().isEmpty() ? amounts : own.capacity())
                        .set(NodeStatus::allocatable, amounts)
                        .set(NodeStatus::conditions, conditions)
                        .set(
                                NodeStatus::addresses,
                                List.of(new NodeAddress("Hostname", node.name())))
                        .set(NodeStatus::nodeInfo, INFO)
                        .done();
        return Edit.with(node, Node::status, status);
    }

    private static NodeCondition condition(
            String type, String status, String reason, Instant since) {
        return new NodeCondition(type, status, since, since, reason, "");
    }

    private static Lease lease(Node node, Instant now) {
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, node.name())
                        .set(ObjectMeta::namespace, LEASES)
                        .done();
        var spec =
                Edit.of(LeaseSpec.class)
                        .set(LeaseSpec::holderIdentity, node.name())
                        .set(LeaseSpec::leaseDurationSeconds, 40)
                        .set(LeaseSpec::renewTime, now)
                        .done();
        return Edit.of(RecordType.of(Lease.class).empty())
                .set(Lease::metadata, metadata)
                .set(Lease::spec, spec)
                .done();
    }
}

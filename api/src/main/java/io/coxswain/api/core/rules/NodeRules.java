package io.coxswain.api.core.rules;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeSpec;
import io.coxswain.api.core.Node.NodeStatus;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.core.pods.ResourceValidation;
import io.coxswain.api.core.pods.TolerationValidation;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of Nodes.
public final class NodeRules {

    private NodeRules() {}

    /// `podCIDR` is the first of `podCIDRs`; what a node does not reserve can be allocated.
    public static Node withDefaults(Node node) {
        var spec = node.spec();
        var status = node.status();
        var edit = Edit.of(node);
        if (!spec.podCIDR().isEmpty() && spec.podCIDRs().isEmpty()) {
            edit.set(Node::spec, Edit.with(spec, NodeSpec::podCIDRs, List.of(spec.podCIDR())));
        } else if (!spec.podCIDRs().isEmpty() && spec.podCIDR().isEmpty()) {
            edit.set(Node::spec, Edit.with(spec, NodeSpec::podCIDR, spec.podCIDRs().getFirst()));
        } else if (!spec.podCIDR().isEmpty()
                && !spec.podCIDRs().getFirst().equals(spec.podCIDR())) {
            edit.set(Node::spec, Edit.with(spec, NodeSpec::podCIDRs, List.of(spec.podCIDR())));
        }
        var capacity = PodDefaults.toMillis(status.capacity());
        var allocatable =
                status.allocatable().isEmpty()
                        ? capacity
                        : PodDefaults.toMillis(status.allocatable());
        return edit.set(
                        Node::status,
                        Edit.of(status)
                                .set(NodeStatus::capacity, capacity)
                                .set(NodeStatus::allocatable, allocatable)
                                .done())
                .done();
    }

    public static void check(Node node, FieldErrors errors) {
        // Taints are reported below the metadata, as they once were an annotation.
        taints(node.spec().taints(), errors.at("metadata").at("taints"));
        var status = errors.at("status");
        amounts(node.status().capacity(), status.at("capacity"));
        amounts(node.status().allocatable(), status.at("allocatable"));
        var cidrs = node.spec().podCIDRs();
        var at = errors.at("spec").at("podCIDRs");
        for (var i = 0; i < cidrs.size(); i++) {
            Addresses.block(cidrs.get(i), at.at(i));
        }
        if (cidrs.size() > 1
                && cidrs.stream().allMatch(cidr -> Addresses.parseBlock(cidr) != null)
                && cidrs.stream().filter(cidr -> cidr.contains(":")).count() != 1) {
            at.invalid(cidrs, "may specify no more than one CIDR for each IP family");
        }
    }

    public static void update(Node old, Node updated, FieldErrors all) {
        var errors = all.at("spec");
        if (!old.spec().podCIDRs().isEmpty()
                && !old.spec().podCIDRs().equals(updated.spec().podCIDRs())) {
            errors.at("podCIDRs")
                    .forbidden("node updates may not change podCIDR except from \"\" to valid");
        }
        if (!old.spec().providerID().isEmpty()
                && !old.spec().providerID().equals(updated.spec().providerID())) {
            errors.at("providerID")
                    .forbidden("node updates may not change providerID except from \"\" to valid");
        }
    }

    public static void status(Node old, Node updated, FieldErrors errors) {
        var seen = new HashSet<>();
        var addresses = updated.status().addresses();
        for (var i = 0; i < addresses.size(); i++) {
            if (!seen.add(addresses.get(i))) {
                errors.at("status").at("addresses").at(i).duplicate(addresses.get(i));
            }
        }
        amounts(updated.status().capacity(), errors.at("status").at("capacity"));
        amounts(updated.status().allocatable(), errors.at("status").at("allocatable"));
    }

    public static List<String> warnings(Node node, @Nullable Node old) {
        return Stream.of(
                        node.spec().configSource() == null
                                ? ""
                                : "spec.configSource: the feature is removed",
                        node.spec().externalID().isEmpty()
                                ? ""
                                : "spec.externalID: this field is deprecated, and is unused by"
                                        + " Kubernetes")
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static void taints(List<Node.Taint> taints, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < taints.size(); i++) {
            var taint = taints.get(i);
            var at = errors.at(i);
            at.at("key").invalid(taint.key(), Names.qualified(taint.key()));
            var problems = Names.labelValue(taint.value());
            if (!problems.isEmpty()) {
                at.at("value").invalid(taint.value(), String.join(";", problems));
            }
            Values.requiredOneOf(taint.effect(), TolerationValidation.EFFECTS, at.at("effect"));
            if (!seen.add(taint.key() + "/" + taint.effect())) {
                at.duplicate(taint, "taints must be unique by key and effect pair");
            }
        }
    }

    private static void amounts(Map<String, Quantity> amounts, FieldErrors errors) {
        amounts.forEach((name, amount) -> ResourceValidation.nonNegative(amount, errors.at(name)));
    }
}

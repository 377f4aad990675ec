package io.coxswain.api.columns;

import io.coxswain.api.core.Node;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The row of a node.
public final class NodeCells {

    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String ROLE = "kubernetes.io/role";

    private NodeCells() {}

    public static List<@Nullable Object> of(Node node, Instant now) {
        var info = node.status().nodeInfo();
        return Cells.row(
                node.name(),
                state(node),
                roles(node),
                Cells.age(node, now),
                info.kubeletVersion(),
                address(node, "InternalIP"),
                address(node, "ExternalIP"),
                orUnknown(info.osImage()),
                orUnknown(info.kernelVersion()),
                orUnknown(info.containerRuntimeVersion()));
    }

    private static String state(Node node) {
        var state = "Unknown";
        for (var condition : node.status().conditions()) {
            if (condition.type().equals("Ready")) {
                state = condition.status().equals("True") ? "Ready" : "NotReady";
            }
        }
        return node.spec().unschedulable() ? state + ",SchedulingDisabled" : state;
    }

    private static String roles(Node node) {
        var roles = new TreeSet<String>();
        node.metadata()
                .labels()
                .forEach((key, value) -> {
                    if (key.startsWith(ROLE_PREFIX) && key.length() > ROLE_PREFIX.length()) {
                        roles.add(key.substring(ROLE_PREFIX.length()));
                    } else if (key.equals(ROLE) && !value.isEmpty()) {
                        roles.add(value);
                    }
                });
        return Cells.orNone(String.join(",", roles));
    }

    private static String address(Node node, String type) {
        return node.status().addresses().stream()
                .filter(address -> address.type().equals(type))
                .map(Node.NodeAddress::address)
                .findFirst()
                .orElse(Cells.NONE);
    }

    private static String orUnknown(String text) {
        return text.isEmpty() ? Cells.UNKNOWN : text;
    }
}

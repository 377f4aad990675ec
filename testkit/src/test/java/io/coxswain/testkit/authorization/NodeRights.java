package io.coxswain.testkit.authorization;

import java.util.List;
import java.util.Set;

/// What the Node authorizer lets a node do, written down by hand.
///
/// A pod named `held` runs on `node-1` in namespace `team`; everything else that is named `held`
/// is what that pod needs.
///
/// @param role the rules of `system:node`, for what is not told apart by node
record NodeRights(List<RoleFacts.Rule> role) {

    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final Set<String> OWN = Set.of("get", "create", "update", "patch", "delete");
    private static final Set<String> CHANGES = Set.of("update", "patch");

    boolean allow(Identity who, Cell cell) {
        if (!who.groups().contains("system:nodes")) {
            return false;
        }
        var node = who.name().substring("system:node:".length());
        var held = node.equals("node-1") && cell.name().equals("held");
        var heldInTeam = held && cell.namespace().equals("team");
        var verb = cell.verb();
        return switch (cell.group() + "/" + cell.resource()) {
            case "/secrets", "/configmaps" -> READS.contains(verb) && heldInTeam;
            case "/persistentvolumeclaims", "/serviceaccounts", "resource.k8s.io/resourceclaims" ->
                    verb.equals("get") && heldInTeam;
            case "/persistentvolumeclaims/status" -> CHANGES.contains(verb) && heldInTeam;
            case "/serviceaccounts/token" -> verb.equals("create") && heldInTeam;
            case "/persistentvolumes", "storage.k8s.io/volumeattachments" ->
                    verb.equals("get") && held;
            case "resource.k8s.io/resourceslices" ->
                    verb.equals("create")
                            || (Set.of("get", "update", "patch", "delete").contains(verb) && held);
            case "coordination.k8s.io/leases" ->
                    cell.namespace().equals("kube-node-lease") && own(node, cell);
            case "storage.k8s.io/csinodes" -> own(node, cell);
            case "/nodes" ->
                    CHANGES.contains(verb)
                            || verb.equals("create")
                            || (READS.contains(verb) && cell.name().equals(node));
            case "/nodes/status", "/pods/status" -> CHANGES.contains(verb);
            case "/pods" ->
                    verb.equals("create")
                            || verb.equals("delete")
                            || (verb.equals("get") && heldInTeam);
            case "/pods/eviction" -> verb.equals("create");
            default -> !told(cell) && role.stream().anyMatch(rule -> Rights.covers(rule, cell));
        };
    }

    private static boolean own(String node, Cell cell) {
        return cell.verb().equals("create")
                || (OWN.contains(cell.verb()) && cell.name().equals(node));
    }

    /// Other subresources of the kinds above: nothing but what is said there.
    private static boolean told(Cell cell) {
        return cell.group().isEmpty()
                && Set.of(
                                "pods",
                                "nodes",
                                "secrets",
                                "configmaps",
                                "serviceaccounts",
                                "persistentvolumes",
                                "persistentvolumeclaims")
                        .contains(cell.plain());
    }
}

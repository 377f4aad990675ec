package io.coxswain.controllers.simulated;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.rbac.ClusterRoleBinding;
import io.coxswain.api.rbac.PolicyRule;
import io.coxswain.api.rbac.RoleRef;
import io.coxswain.api.rbac.Subject;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.Client;
import java.util.List;

/// What simulated nodes may do: what kubelets do, on every node.
final class SimulatedRights {

    private static final String NAME = "coxswain:simulated-nodes";
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<String> READ = List.of("get", "list", "watch");

    private SimulatedRights() {}

    /// @param client may grant rights
    static void grant(Client client, String user) {
        var metadata = Edit.of(ObjectMeta.class).set(ObjectMeta::name, NAME).done();
        var rules =
                List.of(
                        rule("", "nodes", List.of("get", "list", "watch", "create", "delete")),
                        rule("", "nodes/status", List.of("update", "patch")),
                        rule("", "pods", List.of("get", "list", "watch", "delete")),
                        rule("", "pods/status", List.of("update", "patch")),
                        rule("", "events", List.of("create", "patch")),
                        rule("coordination.k8s.io", "leases", List.of("create", "update", "patch")),
                        rule("coordination.k8s.io", "leases", READ));
        create(
                client,
                Edit.of(ClusterRole.class)
                        .set(ClusterRole::metadata, metadata)
                        .set(ClusterRole::rules, rules)
                        .done());
        create(
                client,
                Edit.of(ClusterRoleBinding.class)
                        .set(ClusterRoleBinding::metadata, metadata)
                        .set(ClusterRoleBinding::roleRef, new RoleRef(GROUP, "ClusterRole", NAME))
                        .set(
                                ClusterRoleBinding::subjects,
                                List.of(new Subject("User", GROUP, user, "")))
                        .done());
    }

    private static PolicyRule rule(String group, String resource, List<String> verbs) {
        return new PolicyRule(verbs, List.of(group), List.of(resource), List.of(), List.of());
    }

    private static void create(Client client, Resource object) {
        try {
            client.create(object);
        } catch (ApiError error) {
            if (!error.alreadyExists()) {
                throw error;
            }
        }
    }
}

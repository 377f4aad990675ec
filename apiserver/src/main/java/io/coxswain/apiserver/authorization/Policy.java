package io.coxswain.apiserver.authorization;

import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.rbac.ClusterRoleBinding;
import io.coxswain.api.rbac.PolicyRule;
import io.coxswain.api.rbac.Role;
import io.coxswain.api.rbac.RoleBinding;
import io.coxswain.api.rbac.RoleRef;
import io.coxswain.api.rbac.Subject;
import io.coxswain.apiserver.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// All roles and bindings, by the subject they grant something to. Immutable; made anew when any of
/// them changes, so that a decision looks only at the grants of its own user and groups.
final class Policy {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /// Rules granted by one binding.
    ///
    /// @param namespace where they hold; empty for the whole cluster
    record Grant(String namespace, List<PolicyRule> rules, String reason) {}

    private final Map<String, List<Grant>> byUser = new HashMap<>();
    private final Map<String, List<Grant>> byGroup = new HashMap<>();

    /// The objects a policy is made of.
    record Objects(
            List<ClusterRole> clusterRoles,
            List<Role> roles,
            List<ClusterRoleBinding> clusterRoleBindings,
            List<RoleBinding> roleBindings) {}

    Policy(Objects objects) {
        var clusterRules = new HashMap<String, List<PolicyRule>>();
        objects.clusterRoles().forEach(role -> clusterRules.put(role.name(), role.rules()));
        var roleRules = new HashMap<String, List<PolicyRule>>();
        objects.roles()
                .forEach(role -> roleRules.put(role.namespace() + "/" + role.name(), role.rules()));
        for (var binding : objects.clusterRoleBindings()) {
            var rules = clusterRules.getOrDefault(binding.roleRef().name(), List.of());
            var reason =
                    "RBAC: allowed by ClusterRoleBinding \""
                            + binding.name()
                            + "\" of "
                            + reference(binding.roleRef());
            grant(binding.subjects(), "", new Grant("", rules, reason));
        }
        for (var binding : objects.roleBindings()) {
            var ref = binding.roleRef();
            var namespace = binding.namespace();
            var rules =
                    ref.kind().equals("ClusterRole")
                            ? clusterRules.get(ref.name())
                            : roleRules.get(namespace + "/" + ref.name());
            var reason =
                    "RBAC: allowed by RoleBinding \""
                            + binding.name()
                            + "/"
                            + namespace
                            + "\" of "
                            + reference(ref);
            if (rules != null) {
                grant(binding.subjects(), namespace, new Grant(namespace, rules, reason));
            }
        }
    }

    /// Every grant that concerns `user`, its groups included.
    List<Grant> grantsOf(User user) {
        var grants = new ArrayList<>(byUser.getOrDefault(user.name(), List.of()));
        for (var group : user.groups()) {
            grants.addAll(byGroup.getOrDefault(group, List.of()));
        }
        return grants;
    }

    private void grant(List<Subject> subjects, String bindingNamespace, Grant grant) {
        BiConsumer<Map<String, List<Grant>>, String> add =
                (index, name) -> index.computeIfAbsent(name, key -> new ArrayList<>()).add(grant);
        for (var subject : subjects) {
            switch (subject.kind()) {
                case "User" -> add.accept(byUser, subject.name());
                case "Group" -> add.accept(byGroup, subject.name());
                case "ServiceAccount" -> {
                    var namespace =
                            subject.namespace().isEmpty() ? bindingNamespace : subject.namespace();
                    add.accept(byUser, SERVICE_ACCOUNT + namespace + ":" + subject.name());
                }
                default -> {}
            }
        }
    }

    private static String reference(RoleRef ref) {
        return ref.kind() + " \"" + ref.name() + "\" to ";
    }
}

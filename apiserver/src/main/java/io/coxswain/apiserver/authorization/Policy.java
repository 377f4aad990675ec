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
import org.jspecify.annotations.Nullable;

/// All roles and bindings at one moment, indexed by whom they are for: a decision looks only at the
/// grants of its own user and groups, those of the whole cluster before those of the namespace.
final class Policy {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /// Rules granted to one subject by one binding.
    ///
    /// @param namespace where they hold; empty for the whole cluster
    /// @param name of the binding
    record Grant(
            String namespace, List<PolicyRule> rules, String name, RoleRef role, Subject subject) {

        /// What upstream tells about an allowed request.
        String reason() {
            var binding =
                    namespace.isEmpty()
                            ? "ClusterRoleBinding \"" + name + "\""
                            : "RoleBinding \"" + name + "/" + namespace + "\"";
            return "RBAC: allowed by "
                    + binding
                    + " of "
                    + role.kind()
                    + " \""
                    + role.name()
                    + "\" to "
                    + subject.kind()
                    + " \""
                    + who()
                    + "\"";
        }

        private String who() {
            return subject.kind().equals("ServiceAccount")
                    ? subject.name() + "/" + subject.namespace()
                    : subject.name();
        }
    }

    /// The grants of one user or group, by namespace; those of the whole cluster under "".
    private static final class Grants extends HashMap<String, List<Grant>> {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, Grants> byUser = new HashMap<>();
    private final Map<String, Grants> byGroup = new HashMap<>();

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
            var ref = binding.roleRef();
            var rules = clusterRules.getOrDefault(ref.name(), List.of());
            for (var subject : binding.subjects()) {
                grant(new Grant("", rules, binding.name(), ref, subject));
            }
        }
        for (var binding : objects.roleBindings()) {
            var ref = binding.roleRef();
            var namespace = binding.namespace();
            var rules =
                    ref.kind().equals("ClusterRole")
                            ? clusterRules.get(ref.name())
                            : roleRules.get(namespace + "/" + ref.name());
            if (rules != null) {
                for (var subject : binding.subjects()) {
                    grant(new Grant(namespace, rules, binding.name(), ref, subject));
                }
            }
        }
    }

    /// Every grant that concerns `user`, its groups included, in the cluster and in one namespace.
    List<Grant> grantsOf(User user, String namespace) {
        var grants = new ArrayList<Grant>();
        collect(user, "", grants);
        if (!namespace.isEmpty()) {
            collect(user, namespace, grants);
        }
        return grants;
    }

    private void collect(User user, String namespace, List<Grant> grants) {
        add(byUser.get(user.name()), namespace, grants);
        for (var group : user.groups()) {
            add(byGroup.get(group), namespace, grants);
        }
    }

    private static void add(@Nullable Grants some, String namespace, List<Grant> grants) {
        var found = some == null ? null : some.get(namespace);
        if (found != null) {
            grants.addAll(found);
        }
    }

    private void grant(Grant grant) {
        var subject = grant.subject();
        switch (subject.kind()) {
            case "User" -> add(byUser, subject.name(), grant);
            case "Group" -> add(byGroup, subject.name(), grant);
            case "ServiceAccount" -> {
                var namespace =
                        subject.namespace().isEmpty() ? grant.namespace() : subject.namespace();
                add(byUser, SERVICE_ACCOUNT + namespace + ":" + subject.name(), grant);
            }
            default -> {}
        }
    }

    private static void add(Map<String, Grants> index, String name, Grant grant) {
        index.computeIfAbsent(name, key -> new Grants())
                .computeIfAbsent(grant.namespace(), key -> new ArrayList<>(1))
                .add(grant);
    }
}

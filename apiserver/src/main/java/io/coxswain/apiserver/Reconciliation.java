package io.coxswain.apiserver;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.rbac.ClusterRoleBinding;
import io.coxswain.api.rbac.Role;
import io.coxswain.api.rbac.RoleBinding;
import io.coxswain.api.rbac.Subject;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.authorization.Coverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives the standard roles and bindings of an older cluster what they lack: rules, labels and
/// subjects are added, never taken away. One annotated `autoupdate: "false"` is left alone.
final class Reconciliation {

    private static final String AUTO = "rbac.authorization.kubernetes.io/autoupdate";

    private Reconciliation() {}

    /// The stored object with what `wanted` has beyond it; the stored one itself if that is
    /// nothing.
    @SuppressWarnings("unchecked")
    static <T> T of(T stored, T wanted) {
        if (stored instanceof ClusterRole role && wanted instanceof ClusterRole standard) {
            return (T) (fixed(role.metadata().annotations()) ? role : clusterRole(role, standard));
        }
        if (stored instanceof Role role && wanted instanceof Role standard) {
            var missing = Coverage.missing(role.rules(), standard.rules());
            return (T)
                    (fixed(role.metadata().annotations()) || missing.isEmpty()
                            ? role
                            : Edit.with(role, Role::rules, joined(role.rules(), missing)));
        }
        if (stored instanceof ClusterRoleBinding binding
                && wanted instanceof ClusterRoleBinding standard) {
            var missing = missing(binding.subjects(), standard.subjects());
            return (T)
                    (fixed(binding.metadata().annotations()) || missing.isEmpty()
                            ? binding
                            : Edit.with(
                                    binding,
                                    ClusterRoleBinding::subjects,
                                    joined(binding.subjects(), missing)));
        }
        if (stored instanceof RoleBinding binding && wanted instanceof RoleBinding standard) {
            var missing = missing(binding.subjects(), standard.subjects());
            return (T)
                    (fixed(binding.metadata().annotations()) || missing.isEmpty()
                            ? binding
                            : Edit.with(
                                    binding,
                                    RoleBinding::subjects,
                                    joined(binding.subjects(), missing)));
        }
        return stored;
    }

    private static ClusterRole clusterRole(ClusterRole role, ClusterRole standard) {
        var missing = Coverage.missing(role.rules(), standard.rules());
        var labels = new LinkedHashMap<>(role.metadata().labels());
        standard.metadata().labels().forEach(labels::putIfAbsent);
        var gathers = role.aggregationRule() == null && standard.aggregationRule() != null;
        if (missing.isEmpty() && !gathers && labels.equals(role.metadata().labels())) {
            return role;
        }
        return Edit.of(role)
                .set(ClusterRole::metadata, Edit.with(role.metadata(), ObjectMeta::labels, labels))
                .set(ClusterRole::rules, joined(role.rules(), missing))
                .set(
                        ClusterRole::aggregationRule,
                        gathers ? standard.aggregationRule() : role.aggregationRule())
                .done();
    }

    private static boolean fixed(Map<String, String> annotations) {
        return "false".equals(annotations.get(AUTO));
    }

    private static List<Subject> missing(List<Subject> stored, List<Subject> wanted) {
        return wanted.stream().filter(subject -> !stored.contains(subject)).toList();
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        var all = new ArrayList<T>(some);
        all.addAll(more);
        return all;
    }
}

package io.coxswain.apiserver.admission;

import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.rbac.ClusterRoleBinding;
import io.coxswain.api.rbac.PolicyRule;
import io.coxswain.api.rbac.Role;
import io.coxswain.api.rbac.RoleBinding;
import io.coxswain.api.rbac.RoleRef;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.authorization.Coverage;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Nobody grants rights they do not have, by writing a role or by binding one; unless they may
/// `escalate` roles or `bind` that role.
record RoleEscalation(Objects objects, RbacAuthorizer rbac, Authorizer authorizer)
        implements AdmissionPlugin {

    private static final String GROUP = "rbac.authorization.k8s.io";

    /// As the last to change the object, so that it sees what will be stored, and before
    /// validation, as upstream does.
    @Override
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        var writes =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!writes
                || !request.kind().group().equals(GROUP)
                || request.user().groups().contains(User.MASTERS)) {
            return object;
        }
        switch (object) {
            case Role role -> role(request, "roles", role.rules(), oldRules(request));
            case ClusterRole role -> clusterRole(request, role);
            case RoleBinding binding -> {
                if (!(request.old() instanceof RoleBinding old)
                        || !old.roleRef().equals(binding.roleRef())
                        || !old.subjects().equals(binding.subjects())) {
                    bind(request, binding.roleRef());
                }
            }
            case ClusterRoleBinding binding -> {
                if (!(request.old() instanceof ClusterRoleBinding old)
                        || !old.roleRef().equals(binding.roleRef())
                        || !old.subjects().equals(binding.subjects())) {
                    bind(request, binding.roleRef());
                }
            }
            default -> {}
        }
        return object;
    }

    private static @Nullable List<PolicyRule> oldRules(AdmissionRequest<?> request) {
        return switch (request.old()) {
            case Role role -> role.rules();
            case ClusterRole role -> role.rules();
            case null, default -> null;
        };
    }

    private void clusterRole(AdmissionRequest<?> request, ClusterRole role) {
        var old = request.old() instanceof ClusterRole before ? before : null;
        var gathers =
                role.aggregationRule() != null
                        && (old == null || !role.aggregationRule().equals(old.aggregationRule()));
        if (gathers && !may(request, "escalate", "clusterroles", request.name())) {
            // Whoever gathers roles by their labels may get anything.
            var everything =
                    List.of(
                            new PolicyRule(
                                    List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
                            new PolicyRule(
                                    List.of("*"), List.of(), List.of(), List.of(), List.of("*")));
            var missing = missing(request, everything);
            if (!missing.isEmpty()) {
                throw request.forbidden(
                        "must have cluster-admin privileges to use an" + " aggregationRule");
            }
        }
        role(request, "clusterroles", role.rules(), oldRules(request));
    }

    private void role(
            AdmissionRequest<?> request,
            String resource,
            List<PolicyRule> rules,
            @Nullable List<PolicyRule> old) {
        if (rules.equals(old) || may(request, "escalate", resource, request.name())) {
            return;
        }
        refuse(request, missing(request, rules));
    }

    private void bind(AdmissionRequest<?> request, RoleRef ref) {
        var resource = ref.kind().equals("ClusterRole") ? "clusterroles" : "roles";
        if (may(request, "bind", resource, ref.name())) {
            return;
        }
        var rules = rules(ref, request.namespace());
        if (rules == null) {
            throw Errors.notFound(GROUP, request.kind().plural(), ref.name());
        }
        refuse(request, missing(request, rules));
    }

    private @Nullable List<PolicyRule> rules(RoleRef ref, String namespace) {
        if (ref.kind().equals("ClusterRole")) {
            var role = objects.find(ClusterRole.class, "", ref.name());
            return role == null ? null : role.rules();
        }
        var role = objects.find(Role.class, namespace, ref.name());
        return role == null ? null : role.rules();
    }

    private List<PolicyRule> missing(AdmissionRequest<?> request, List<PolicyRule> wanted) {
        return Coverage.missing(rbac.rulesFor(request.user(), request.namespace()), wanted);
    }

    private static void refuse(AdmissionRequest<?> request, List<PolicyRule> missing) {
        if (missing.isEmpty()) {
            return;
        }
        var user = request.user();
        throw request.forbidden(
                "user \""
                        + user.name()
                        + "\" (groups="
                        + quoted(user.groups())
                        + ") is attempting to grant RBAC permissions not currently held:\n"
                        + missing.stream().map(Coverage::text).collect(Collectors.joining("\n")));
    }

    private static String quoted(List<String> texts) {
        return texts.stream()
                .map(text -> "\"" + text + "\"")
                .collect(Collectors.joining(" ", "[", "]"));
    }

    private boolean may(AdmissionRequest<?> request, String verb, String resource, String name) {
        var question =
                new Attributes(
                        request.user(), verb, GROUP, request.namespace(), resource, "", name, "");
        return authorizer.authorize(question) instanceof Authorizer.Allowed;
    }
}

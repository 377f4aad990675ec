package io.coxswain.api.rbac;

import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Selectors;
import io.coxswain.api.validation.Values;
import java.util.List;

/// The defaults and rules of roles and of who has them.
final class RbacRules {

    private static final String GROUP = "rbac.authorization.k8s.io";

    private RbacRules() {}

    static void role(Role role, FieldErrors errors) {
        rules(role.rules(), true, errors.at("rules"));
    }

    static void clusterRole(ClusterRole role, FieldErrors errors) {
        rules(role.rules(), false, errors.at("rules"));
        var aggregation = role.aggregationRule();
        if (aggregation == null) {
            return;
        }
        var at = errors.at("aggregationRule").at("clusterRoleSelectors");
        if (aggregation.clusterRoleSelectors().isEmpty()) {
            at.required("at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
        for (var i = 0; i < aggregation.clusterRoleSelectors().size(); i++) {
            var found = new FieldErrors();
            Selectors.check(aggregation.clusterRoleSelectors().get(i), found);
            Selectors.check(aggregation.clusterRoleSelectors().get(i), at.at(i));
            if (!found.isEmpty()) {
                at.at(i).invalid(null, "invalid label selector.");
            }
        }
    }

    static RoleBinding withDefaults(RoleBinding binding) {
        return Edit.of(binding)
                .set(RoleBinding::roleRef, withDefaults(binding.roleRef()))
                .set(RoleBinding::subjects, withDefaults(binding.subjects()))
                .done();
    }

    static ClusterRoleBinding withDefaults(ClusterRoleBinding binding) {
        return Edit.of(binding)
                .set(ClusterRoleBinding::roleRef, withDefaults(binding.roleRef()))
                .set(ClusterRoleBinding::subjects, withDefaults(binding.subjects()))
                .done();
    }

    static void roleBinding(RoleBinding binding, FieldErrors errors) {
        roleRef(binding.roleRef(), List.of("Role", "ClusterRole"), errors.at("roleRef"));
        subjects(binding.subjects(), true, errors.at("subjects"));
    }

    static void clusterRoleBinding(ClusterRoleBinding binding, FieldErrors errors) {
        roleRef(binding.roleRef(), List.of("ClusterRole"), errors.at("roleRef"));
        subjects(binding.subjects(), false, errors.at("subjects"));
    }

    static void sameRole(RoleRef old, RoleRef updated, FieldErrors errors) {
        if (!old.equals(updated)) {
            errors.at("roleRef").invalid(updated, "cannot change roleRef");
        }
    }

    private static RoleRef withDefaults(RoleRef ref) {
        return ref.apiGroup().isEmpty() ? new RoleRef(GROUP, ref.kind(), ref.name()) : ref;
    }

    private static List<Subject> withDefaults(List<Subject> subjects) {
        return subjects.stream()
                .map(subject ->
                        subject.apiGroup().isEmpty() && !subject.kind().equals("ServiceAccount")
                                ? Edit.with(subject, Subject::apiGroup, GROUP)
                                : subject)
                .toList();
    }

    private static void rules(List<PolicyRule> rules, boolean namespaced, FieldErrors errors) {
        for (var i = 0; i < rules.size(); i++) {
            rule(rules.get(i), namespaced, errors.at(i));
        }
    }

    private static void rule(PolicyRule rule, boolean namespaced, FieldErrors errors) {
        if (rule.verbs().isEmpty()) {
            errors.at("verbs").required("verbs must contain at least one value");
        }
        if (!rule.nonResourceURLs().isEmpty()) {
            if (namespaced) {
                errors.at("nonResourceURLs")
                        .invalid(
                                rule.nonResourceURLs(),
                                "namespaced rules cannot apply to non-resource URLs");
            }
            if (!rule.apiGroups().isEmpty()
                    || !rule.resources().isEmpty()
                    || !rule.resourceNames().isEmpty()) {
                errors.at("nonResourceURLs")
                        .invalid(
                                rule.nonResourceURLs(),
                                "rules cannot apply to both regular resources and non-resource"
                                        + " URLs");
            }
            return;
        }
        if (rule.apiGroups().isEmpty()) {
            errors.at("apiGroups").required("resource rules must supply at least one api group");
        }
        if (rule.resources().isEmpty()) {
            errors.at("resources").required("resource rules must supply at least one resource");
        }
    }

    private static void roleRef(RoleRef ref, List<String> kinds, FieldErrors errors) {
        if (!ref.apiGroup().equals(GROUP)) {
            errors.at("apiGroup").notSupported(ref.apiGroup(), List.of(GROUP));
        }
        if (!kinds.contains(ref.kind())) {
            errors.at("kind").notSupported(ref.kind(), kinds);
        }
        if (ref.name().isEmpty()) {
            errors.at("name").required("");
        } else {
            errors.at("name").invalid(ref.name(), Names.pathSegment(ref.name(), false));
        }
    }

    private static void subjects(List<Subject> subjects, boolean namespaced, FieldErrors errors) {
        for (var i = 0; i < subjects.size(); i++) {
            subject(subjects.get(i), namespaced, errors.at(i));
        }
    }

    private static void subject(Subject subject, boolean namespaced, FieldErrors errors) {
        if (subject.name().isEmpty()) {
            errors.at("name").required("");
        }
        switch (subject.kind()) {
            case "ServiceAccount" -> {
                if (!subject.name().isEmpty()) {
                    errors.at("name").invalid(subject.name(), Names.subdomain(subject.name()));
                }
                Values.oneOf(subject.apiGroup(), List.of(""), errors.at("apiGroup"));
                if (!namespaced && subject.namespace().isEmpty()) {
                    errors.at("namespace").required("");
                }
            }
            case "User", "Group" ->
                    Values.oneOf(subject.apiGroup(), List.of(GROUP), errors.at("apiGroup"));
            default ->
                    errors.at("kind")
                            .notSupported(
                                    subject.kind(), List.of("ServiceAccount", "User", "Group"));
        }
    }
}

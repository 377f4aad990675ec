package io.coxswain.api.flowcontrol;

import io.coxswain.api.flowcontrol.FlowSchema.NonResourcePolicyRule;
import io.coxswain.api.flowcontrol.FlowSchema.ResourcePolicyRule;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import java.util.List;

/// The rules of what requests a flow schema is for.
final class RequestRules {

    private static final String ALL = "*";

    private static final List<String> VERBS =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "proxy",
                    "update",
                    "watch");

    private RequestRules() {}

    static void check(NonResourcePolicyRule rule, FieldErrors errors) {
        verbs(rule.verbs(), errors.at("verbs"));
        var at = errors.at("nonResourceURLs");
        if (rule.nonResourceURLs().isEmpty()) {
            at.required("nonResourceURLs must contain at least one value");
        } else if (rule.nonResourceURLs().contains(ALL)) {
            alone(rule.nonResourceURLs(), "non-resource URLs", at);
        } else {
            for (var i = 0; i < rule.nonResourceURLs().size(); i++) {
                path(rule.nonResourceURLs().get(i), at.at(i));
            }
        }
    }

    static void check(ResourcePolicyRule rule, FieldErrors errors) {
        verbs(rule.verbs(), errors.at("verbs"));
        some(rule.apiGroups(), "api group", errors.at("apiGroups"));
        some(rule.resources(), "resource", errors.at("resources"));
        var namespaces = rule.namespaces();
        var at = errors.at("namespaces");
        if (namespaces.isEmpty() && !rule.clusterScope()) {
            at.required(
                    "resource rules that are not cluster scoped must supply at least one"
                            + " namespace");
        } else if (namespaces.contains(ALL)) {
            alone(namespaces, "namespaces", at);
        } else {
            for (var i = 0; i < namespaces.size(); i++) {
                for (var problem : Names.label(namespaces.get(i))) {
                    at.at(i)
                            .invalid(
                                    namespaces.get(i),
                                    "each member of this list must be '*' or a DNS-1123 label; "
                                            + problem);
                }
            }
        }
    }

    private static void some(List<String> names, String what, FieldErrors errors) {
        if (names.isEmpty()) {
            errors.required("resource rules must supply at least one " + what);
        } else if (names.contains(ALL)) {
            alone(names, what + "s", errors);
        }
    }

    private static void verbs(List<String> verbs, FieldErrors errors) {
        if (verbs.isEmpty()) {
            errors.required("verbs must contain at least one value");
        } else if (verbs.contains(ALL)) {
            alone(verbs, "verbs", errors);
        } else if (!VERBS.containsAll(verbs)) {
            errors.notSupported(verbs, VERBS);
        }
    }

    private static void alone(List<String> names, String what, FieldErrors errors) {
        if (names.size() > 1) {
            errors.invalid(names, "if '*' is present, must not specify other " + what);
        }
    }

    private static void path(String path, FieldErrors errors) {
        if (path.isEmpty()) {
            errors.invalid(path, "must not be empty");
        } else if (path.equals("/")) {
            return;
        } else if (!path.startsWith("/")) {
            errors.invalid(path, "must start with slash");
        } else if (path.contains(" ")) {
            errors.invalid(path, "must not contain white-space");
        } else if (path.contains("//")) {
            errors.invalid(path, "must not contain double slash");
        } else if (path.indexOf('*') >= 0 && path.indexOf("/*") != path.length() - 2) {
            errors.invalid(path, "wildcard can only do suffix matching");
        }
    }
}

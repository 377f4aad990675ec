package io.coxswain.apiserver.flowcontrol;

import io.coxswain.api.flowcontrol.FlowSchema;
import io.coxswain.api.flowcontrol.FlowSchema.NonResourcePolicyRule;
import io.coxswain.api.flowcontrol.FlowSchema.ResourcePolicyRule;
import io.coxswain.api.flowcontrol.FlowSchema.Subject;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authorization.Attributes;
import java.util.List;

/// Whether a FlowSchema is about a request.
final class Matching {

    private static final String ALL = "*";
    private static final String ACCOUNT = "system:serviceaccount:";

    private Matching() {}

    static boolean matches(FlowSchema schema, Attributes request) {
        for (var rule : schema.spec().rules()) {
            if (rule.subjects().stream().anyMatch(one -> is(one, request.user()))
                    && covers(rule, request)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(FlowSchema.PolicyRulesWithSubjects rule, Attributes request) {
        return request.resourceRequest()
                ? rule.resourceRules().stream().anyMatch(one -> covers(one, request))
                : rule.nonResourceRules().stream().anyMatch(one -> covers(one, request));
    }

    private static boolean is(Subject subject, User user) {
        var named = subject.user();
        if (named != null) {
            return named.name().equals(ALL) || named.name().equals(user.name());
        }
        var group = subject.group();
        if (group != null) {
            return group.name().equals(ALL) || user.groups().contains(group.name());
        }
        var account = subject.serviceAccount();
        if (account == null) {
            return false;
        }
        var prefix = ACCOUNT + account.namespace() + ":";
        return account.name().equals(ALL)
                ? user.name().startsWith(prefix)
                : user.name().equals(prefix + account.name());
    }

    private static boolean covers(ResourcePolicyRule rule, Attributes request) {
        return has(rule.verbs(), request.verb())
                && has(rule.apiGroups(), request.group())
                && has(rule.resources(), request.fullResource())
                && (request.namespace().isEmpty()
                        ? rule.clusterScope()
                        : has(rule.namespaces(), request.namespace()));
    }

    private static boolean covers(NonResourcePolicyRule rule, Attributes request) {
        return has(rule.verbs(), request.verb())
                && rule.nonResourceURLs().stream().anyMatch(url -> path(url, request.path()));
    }

    private static boolean path(String pattern, String path) {
        return pattern.endsWith(ALL)
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(path);
    }

    private static boolean has(List<String> values, String value) {
        return values.contains(ALL) || values.contains(value);
    }
}

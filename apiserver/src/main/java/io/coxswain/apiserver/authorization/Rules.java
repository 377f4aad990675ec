package io.coxswain.apiserver.authorization;

import io.coxswain.api.rbac.PolicyRule;
import java.util.List;

/// Whether one rule covers one request (upstream's `rbac.RuleAllows`).
public final class Rules {

    private static final String ALL = "*";

    private Rules() {}

    public static boolean allows(PolicyRule rule, Attributes request) {
        if (!has(rule.verbs(), request.verb())) {
            return false;
        }
        if (!request.resourceRequest()) {
            return rule.nonResourceURLs().stream().anyMatch(url -> matches(url, request.path()));
        }
        return has(rule.apiGroups(), request.group())
                && resource(rule.resources(), request)
                && (rule.resourceNames().isEmpty()
                        || rule.resourceNames().contains(request.name()));
    }

    private static boolean resource(List<String> resources, Attributes request) {
        if (has(resources, request.fullResource())) {
            return true;
        }
        return !request.subresource().isEmpty()
                && resources.contains(ALL + "/" + request.subresource());
    }

    private static boolean has(List<String> values, String value) {
        return values.contains(ALL) || values.contains(value);
    }

    static boolean matches(String url, String path) {
        return url.equals(ALL)
                || url.equals(path)
                || (url.endsWith(ALL) && path.startsWith(url.substring(0, url.length() - 1)));
    }
}

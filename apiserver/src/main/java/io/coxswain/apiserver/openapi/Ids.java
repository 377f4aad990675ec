package io.coxswain.apiserver.openapi;

import io.coxswain.apiserver.discovery.ResourceEntry;
import java.util.Locale;

/// Names operations as upstream's documents do: `createCoreV1NamespacedPod`.
record Ids(String group, String version) {

    private static final String SUFFIX = ".k8s.io";

    /// `rbac.authorization.k8s.io` → `RbacAuthorization`.
    static String group(String group) {
        if (group.isEmpty()) {
            return "Core";
        }
        var name =
                group.endsWith(SUFFIX)
                        ? group.substring(0, group.length() - SUFFIX.length())
                        : group;
        var words = new StringBuilder();
        for (var word : name.split("[.-]")) {
            words.append(capital(word));
        }
        return words.toString();
    }

    /// `rbac.authorization.k8s.io/v1` → `rbacAuthorization_v1`: what upstream tags operations with.
    String tag() {
        var name = group(group);
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) + "_" + version;
    }

    String prefix() {
        return group(group) + capital(version);
    }

    /// `CoreV1NamespacedPod`, `AppsV1NamespacedDeploymentScale`.
    String of(ResourceEntry entry) {
        return prefix() + rest(entry);
    }

    /// `NamespacedPod`.
    String rest(ResourceEntry entry) {
        var scope = entry.namespaced() ? "Namespaced" : "";
        if (!entry.isSubresource()) {
            return scope + entry.kind();
        }
        return scope + entry.parentKind() + capital(entry.subresource());
    }

    /// `CoreV1NamespacedPodExec` → `connectCoreV1GetNamespacedPodExec`.
    static String connect(String id, String method) {
        var place = id.indexOf("V1") + 2;
        return "connect" + id.substring(0, place) + capital(method) + id.substring(place);
    }

    private static String capital(String word) {
        return word.isEmpty()
                ? word
                : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}

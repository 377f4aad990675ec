package io.coxswain.apiserver.openapi;

import java.util.Map;

/// The names that published documents give to types: `io.k8s.api.core.v1.Pod`.
final class TypeNames {

    private static final String ROOT = "io.coxswain.api.";

    /// Packages whose types are published by other projects than the main API.
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "meta", "io.k8s.apimachinery.pkg.apis.meta.v1.",
                    "apiextensions", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.",
                    "apiregistration", "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.");

    private TypeNames() {}

    static String of(Class<?> record) {
        var group = record.getPackageName().substring(ROOT.length());
        var elsewhere = ELSEWHERE.get(group);
        if (elsewhere != null) {
            return elsewhere + record.getSimpleName();
        }
        var versioned = group.matches(".*\\.v[0-9].*") ? group : group + ".v1";
        return "io.k8s.api." + versioned + "." + record.getSimpleName();
    }
}

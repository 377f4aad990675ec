package io.coxswain.apiserver.openapi;

import java.util.Map;

/// The names that published documents give to types: `io.k8s.api.core.v1.Pod`.
///
/// Versions of the same form share their records; which one is meant says who speaks of them.
///
/// @param family the package of the records that belong to `version`
record TypeNames(String family, String version) {

    /// Every type is called by the version of its own package.
    static final TypeNames PLAIN = new TypeNames("", "");

    private static final String ROOT = "io.coxswain.api.";

    /// Packages whose types are published by other projects than the main API.
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "meta", "io.k8s.apimachinery.pkg.apis.meta.v1.",
                    "apiextensions", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.",
                    "apiregistration", "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.");

    /// The names as a document about this version of a kind has them.
    static TypeNames within(Class<?> kind, String version) {
        return new TypeNames(family(kind), version);
    }

    private static String family(Class<?> record) {
        var group = record.getPackageName().substring(ROOT.length());
        var dot = group.indexOf('.');
        return dot < 0 ? group : group.substring(0, dot);
    }

    /// Whether a type is of the version spoken of.
    boolean covers(Class<?> record) {
        return family(record).equals(family);
    }

    String of(Class<?> record) {
        var group = record.getPackageName().substring(ROOT.length());
        var elsewhere = ELSEWHERE.get(group);
        if (elsewhere != null) {
            return elsewhere + record.getSimpleName();
        }
        if (covers(record)) {
            return "io.k8s.api." + family + "." + version + "." + record.getSimpleName();
        }
        var versioned = group.matches(".*\\.v[0-9].*") ? group : group + ".v1";
        return "io.k8s.api." + versioned + "." + record.getSimpleName();
    }
}

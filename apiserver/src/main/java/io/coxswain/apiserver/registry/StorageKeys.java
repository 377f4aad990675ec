package io.coxswain.apiserver.registry;

import io.coxswain.api.Kinds;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.storage.Key;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The names that objects have in upstream's storage, which a few of its errors mention.
public final class StorageKeys {

    private static final Map<String, String> UNUSUAL =
            Map.of(
                    "services", "services/specs",
                    "endpoints", "services/endpoints",
                    "nodes", "minions",
                    "replicationcontrollers", "controllers",
                    "ingresses.networking.k8s.io", "ingress",
                    "apiservices.apiregistration.k8s.io", "apiregistration.k8s.io/apiservices",
                    "customresourcedefinitions.apiextensions.k8s.io",
                            "apiextensions.k8s.io/customresourcedefinitions");

    private static final Set<String> BUILT_IN =
            Kinds.BUILT_IN.stream()
                    .map(builtIn -> builtIn.kind().groupResource())
                    .collect(Collectors.toSet());

    private StorageKeys() {}

    /// Where an object is kept whose kind is not at hand.
    public static String path(Key key) {
        var dot = key.resource().indexOf('.');
        var plural = dot < 0 ? key.resource() : key.resource().substring(0, dot);
        var own =
                BUILT_IN.contains(key.resource())
                        ? plural
                        : key.resource().substring(dot + 1) + "/" + plural;
        return "/registry/" + place(UNUSUAL.getOrDefault(key.resource(), own), key);
    }

    private static String place(String resource, Key key) {
        return key.namespace().isEmpty()
                ? resource + "/" + key.name()
                : resource + "/" + key.namespace() + "/" + key.name();
    }

    static String of(ResourceKind<?> kind, Key key) {
        var own = kind.type() == null ? kind.group() + "/" + kind.plural() : kind.plural();
        var resource = UNUSUAL.getOrDefault(kind.groupResource(), own);
        return "/registry/" + place(resource, key);
    }
}

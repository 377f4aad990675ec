package io.coxswain.apiserver.registry;

import io.coxswain.api.schema.ResourceKind;
import io.coxswain.storage.Key;
import java.util.Map;

/// The names that objects have in upstream's storage, which a few of its errors mention.
final class StorageKeys {

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

    private StorageKeys() {}

    static String of(ResourceKind<?> kind, Key key) {
        var own = kind.type() == null ? kind.group() + "/" + kind.plural() : kind.plural();
        var resource = UNUSUAL.getOrDefault(kind.groupResource(), own);
        var namespace = key.namespace().isEmpty() ? "" : key.namespace() + "/";
        return "/registry/" + resource + "/" + namespace + key.name();
    }
}

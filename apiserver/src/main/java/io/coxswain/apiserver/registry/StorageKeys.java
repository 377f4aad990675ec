package io.coxswain.apiserver.registry;

import io.coxswain.api.schema.ResourceKind;
import io.coxswain.storage.Key;
import java.util.Map;

/// The names that objects have in upstream's storage: in etcd, and in a few errors.
public final class StorageKeys {

    private static final Map<String, String> UNUSUAL =
            Map.of(
                    "services", "services/specs",
                    "endpoints", "services/endpoints",
                    "nodes", "minions",
                    "nodeports", "coxswain/nodeports",
                    "replicationcontrollers", "controllers",
                    "ingresses.networking.k8s.io", "ingress",
                    "apiservices.apiregistration.k8s.io", "apiregistration.k8s.io/apiservices",
                    "customresourcedefinitions.apiextensions.k8s.io",
                            "apiextensions.k8s.io/customresourcedefinitions");

    private StorageKeys() {}

    static String of(ResourceKind<?> kind, Key key) {
        var resource =
                kind.type() == null ? custom(kind.groupResource()) : builtIn(kind.groupResource());
        return "/registry/" + resource + "/" + within(key);
    }

    /// Where the objects of a built-in resource are: `pods`, `deployments`, `services/specs`.
    public static String builtIn(String groupResource) {
        var dot = groupResource.indexOf('.');
        var plural = dot < 0 ? groupResource : groupResource.substring(0, dot);
        return UNUSUAL.getOrDefault(groupResource, plural);
    }

    /// Where the objects of a custom resource are: `example.com/widgets`.
    public static String custom(String groupResource) {
        var dot = groupResource.indexOf('.');
        return groupResource.substring(dot + 1) + "/" + groupResource.substring(0, dot);
    }

    /// An object among those of its resource: `default/web`.
    public static String within(Key key) {
        return key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name();
    }
}

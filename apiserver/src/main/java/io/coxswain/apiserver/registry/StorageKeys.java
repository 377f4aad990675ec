package io.coxswain.apiserver.registry;

import io.coxswain.api.Kinds;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.storage.Key;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    private static final Set<String> BUILT_IN =
            Kinds.BUILT_IN.stream()
                    .map(builtIn -> builtIn.kind().groupResource())
                    .collect(Collectors.toSet());

    private StorageKeys() {}

    /// Where an object is kept whose kind is not at hand.
    public static String path(Key key) {
        var resource = key.resource();
        var own = resource.indexOf('.') < 0 || BUILT_IN.contains(resource);
        var place = own ? builtIn(resource) : custom(resource);
        return "/registry/" + place + "/" + within(key);
    }

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

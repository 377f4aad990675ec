package io.coxswain.apiserver.authorization;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Volume;
import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.storage.Store;
import java.util.Set;
import java.util.function.Predicate;

/// Lets a kubelet do what the role `system:node` says, and read Secrets and ConfigMaps only when a
/// pod on its own node refers to them.
public final class NodeAuthorizer implements Authorizer {

    private static final String PREFIX = "system:node:";
    private static final String GROUP = "system:nodes";
    private static final Set<String> BY_REFERENCE = Set.of("secrets", "configmaps");

    private final Store store;
    private final Catalog catalog;

    public NodeAuthorizer(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    @Override
    public Decision authorize(Attributes attributes) {
        var node = nodeName(attributes.user());
        if (node.isEmpty()) {
            return new NoOpinion("");
        }
        if (attributes.group().isEmpty() && BY_REFERENCE.contains(attributes.resource())) {
            return reads(attributes) && referred(node, attributes)
                    ? new Allowed("")
                    : new NoOpinion(
                            "no relationship found between node '" + node + "' and this object");
        }
        var kind = catalog.of(ClusterRole.class);
        var role = store.snapshot().get(kind.key("", "system:node"));
        if (role == null) {
            return new NoOpinion("");
        }
        for (var rule : kind.object(role).rules()) {
            if (Rules.allows(rule, attributes)) {
                return new Allowed("");
            }
        }
        return new NoOpinion("");
    }

    private static boolean reads(Attributes attributes) {
        return switch (attributes.verb()) {
            case "get", "list", "watch" -> !attributes.name().isEmpty();
            default -> false;
        };
    }

    private boolean referred(String node, Attributes attributes) {
        var pods = catalog.of(Pod.class);
        var entries = store.snapshot().list("pods", attributes.namespace(), null);
        while (entries.hasNext()) {
            var entry = entries.next();
            if (node.equals(entry.header().fields().get("spec.nodeName"))
                    && refers(pods.object(entry), attributes.resource(), attributes.name())) {
                return true;
            }
        }
        return false;
    }

    private static boolean refers(Pod pod, String resource, String name) {
        var spec = pod.spec();
        Predicate<String> is = name::equals;
        if (resource.equals("secrets")
                && spec.imagePullSecrets().stream().anyMatch(ref -> is.test(ref.name()))) {
            return true;
        }
        return spec.volumes().stream().anyMatch(volume -> volumeRefers(volume, resource, is))
                || EnvironmentReferences.of(spec, resource).anyMatch(is);
    }

    private static boolean volumeRefers(Volume volume, String resource, Predicate<String> is) {
        var secrets = resource.equals("secrets");
        var secret = volume.secret();
        var configMap = volume.configMap();
        if (secrets && secret != null && is.test(secret.secretName())) {
            return true;
        }
        if (!secrets && configMap != null && is.test(configMap.name())) {
            return true;
        }
        var projected = volume.projected();
        return projected != null
                && projected.sources().stream()
                        .anyMatch(source -> {
                            var map = source.configMap();
                            var key = source.secret();
                            return secrets
                                    ? key != null && is.test(key.name())
                                    : map != null && is.test(map.name());
                        });
    }

    private static String nodeName(User user) {
        return user.groups().contains(GROUP) && user.name().startsWith(PREFIX)
                ? user.name().substring(PREFIX.length())
                : "";
    }
}

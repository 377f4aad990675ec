package io.coxswain.api.validation;

import java.util.Set;

/// What kinds of resource a name can mean: `cpu`, `hugepages-2Mi`, `requests.memory`,
/// `example.com/gpu`.
public final class ResourceNames {

    private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");

    private static final Set<String> WHOLE =
            Set.of(
                    "pods",
                    "services",
                    "replicationcontrollers",
                    "resourcequotas",
                    "secrets",
                    "configmaps",
                    "persistentvolumeclaims",
                    "services.nodeports",
                    "services.loadbalancers");

    private static final Set<String> QUOTA_ONLY =
            Set.of(
                    "requests.cpu",
                    "requests.memory",
                    "requests.storage",
                    "requests.ephemeral-storage",
                    "limits.cpu",
                    "limits.memory",
                    "limits.ephemeral-storage");

    private ResourceNames() {}

    public static boolean isHugePages(String name) {
        return name.startsWith("hugepages-");
    }

    /// One of Kubernetes' own, not a device of some vendor.
    public static boolean isNative(String name) {
        return !name.contains("/") || name.contains("kubernetes.io/");
    }

    public static boolean isExtended(String name) {
        return !isNative(name)
                && !name.startsWith("requests.")
                && Names.qualified("requests." + name).isEmpty();
    }

    public static boolean isForContainers(String name) {
        return CONTAINER.contains(name) || isHugePages(name);
    }

    public static boolean isStandard(String name) {
        return isForContainers(name)
                || WHOLE.contains(name)
                || QUOTA_ONLY.contains(name)
                || name.equals("storage")
                || name.startsWith("requests.hugepages-");
    }

    /// Counts things, so that fractions make no sense.
    public static boolean isWhole(String name) {
        return WHOLE.contains(name) || isExtended(name);
    }

    /// A name that a quota can limit.
    public static boolean isForQuota(String name) {
        return isForContainers(name)
                || WHOLE.contains(name)
                || QUOTA_ONLY.contains(name)
                || name.startsWith("requests.hugepages-");
    }
}

package io.coxswain.api.quota;

import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.ResourceQuota;
import io.coxswain.api.core.Service;
import io.coxswain.api.schema.Quantity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How much of what a quota limits an object uses.
///
/// Every object of a namespace counts as one `count/<resource>`, some under an older name too
/// (`pods`, `services`, …); pods, claims and services use more than themselves.
public final class QuotaUsage {

    private static final String COUNT = "count/";

    /// Resources that could be limited before `count/` was invented.
    private static final Set<String> OLD_NAMES =
            Set.of(
                    "configmaps",
                    "persistentvolumeclaims",
                    "pods",
                    "replicationcontrollers",
                    "resourcequotas",
                    "secrets",
                    "services");

    private QuotaUsage() {}

    /// @param resource as in `deployments.apps`
    public static Map<String, Quantity> of(String resource, Object object, Instant now) {
        var usage = new TreeMap<String, Quantity>();
        usage.put(COUNT + resource, Quantity.of(1));
        switch (object) {
            case Pod pod -> PodUsage.add(pod, now, usage);
            case Service service -> ServiceUsage.add(service, usage);
            case PersistentVolumeClaim claim -> ClaimUsage.add(claim, usage);
            default -> {
                if (OLD_NAMES.contains(resource)) {
                    usage.put(resource, Quantity.of(1));
                }
            }
        }
        return usage;
    }

    /// Those of some limits that objects of this resource can use up.
    public static Set<String> limited(String resource, Set<String> limits) {
        var own = new TreeSet<String>();
        for (var limit : limits) {
            var uses =
                    limit.equals(COUNT + resource)
                            || (limit.equals(resource) && OLD_NAMES.contains(resource))
                            || switch (resource) {
                                case "pods" -> PodUsage.limits(limit);
                                case "services" -> ServiceUsage.limits(limit);
                                case "persistentvolumeclaims" -> ClaimUsage.limits(limit);
                                default -> false;
                            };
            if (uses) {
                own.add(limit);
            }
        }
        return own;
    }

    /// Whether a quota's scopes include an object.
    public static boolean inScope(ResourceQuota quota, Object object) {
        return Scopes.of(quota).stream().allMatch(scope -> Scopes.holds(scope, object));
    }

    /// What an object must say before it can be counted: for each missing amount the containers
    /// that lack it. Empty when nothing is missing.
    public static Map<String, List<String>> missing(Set<String> limits, Object object) {
        return object instanceof Pod pod ? PodUsage.missing(limits, pod) : Map.of();
    }

    public static Map<String, Quantity> plus(Map<String, Quantity> a, Map<String, Quantity> b) {
        var sum = new LinkedHashMap<>(a);
        b.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
        return sum;
    }

    public static Map<String, Quantity> minus(Map<String, Quantity> a, Map<String, Quantity> b) {
        var difference = new LinkedHashMap<>(a);
        b.forEach((name, amount) ->
                difference.merge(name, Quantity.ZERO.minus(amount), (x, y) -> x.minus(amount)));
        return difference;
    }
}

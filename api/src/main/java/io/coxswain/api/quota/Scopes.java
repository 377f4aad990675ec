package io.coxswain.api.quota;

import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodAffinityTerm;
import io.coxswain.api.core.ResourceQuota;
import io.coxswain.api.core.ResourceQuota.ScopedResourceSelectorRequirement;
import io.coxswain.api.core.pods.PodResources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Which objects a quota is about.
final class Scopes {

    private Scopes() {}

    /// The scopes of a quota, plain and selected, in one form.
    static List<ScopedResourceSelectorRequirement> of(ResourceQuota quota) {
        var all = new ArrayList<ScopedResourceSelectorRequirement>();
        for (var scope : quota.spec().scopes()) {
            all.add(new ScopedResourceSelectorRequirement(scope, "Exists", List.of()));
        }
        var selector = quota.spec().scopeSelector();
        if (selector != null) {
            all.addAll(selector.matchExpressions());
        }
        return all;
    }

    /// Only pods and claims have scopes.
    static boolean holds(ScopedResourceSelectorRequirement scope, Object object) {
        return switch (object) {
            case Pod pod -> holds(scope, pod);
            case PersistentVolumeClaim claim -> {
                if (!scope.scopeName().equals("VolumeAttributesClass")) {
                    yield false;
                }
                var name = claim.spec().volumeAttributesClassName();
                yield selects(scope, name == null ? "" : name);
            }
            default -> false;
        };
    }

    private static boolean holds(ScopedResourceSelectorRequirement scope, Pod pod) {
        return switch (scope.scopeName()) {
            case "Terminating" -> ends(pod);
            case "NotTerminating" -> !ends(pod);
            case "BestEffort" -> PodResources.qosClass(pod).equals("BestEffort");
            case "NotBestEffort" -> !PodResources.qosClass(pod).equals("BestEffort");
            case "PriorityClass" -> selects(scope, pod.spec().priorityClassName());
            case "CrossNamespacePodAffinity" -> looksElsewhere(pod);
            default -> false;
        };
    }

    private static boolean ends(Pod pod) {
        var deadline = pod.spec().activeDeadlineSeconds();
        return deadline != null && deadline >= 0;
    }

    private static boolean selects(ScopedResourceSelectorRequirement scope, String name) {
        return switch (scope.operator()) {
            case "In" -> scope.values().contains(name);
            case "NotIn" -> !scope.values().contains(name);
            case "DoesNotExist" -> name.isEmpty();
            default -> !name.isEmpty();
        };
    }

    private static boolean looksElsewhere(Pod pod) {
        var affinity = pod.spec().affinity();
        if (affinity == null) {
            return false;
        }
        var near = affinity.podAffinity();
        var far = affinity.podAntiAffinity();
        var terms = Stream.<PodAffinityTerm>empty();
        if (near != null) {
            terms =
                    Stream.concat(
                            near.requiredDuringSchedulingIgnoredDuringExecution().stream(),
                            near.preferredDuringSchedulingIgnoredDuringExecution().stream()
                                    .map(weighted -> weighted.podAffinityTerm()));
        }
        if (far != null) {
            terms =
                    Stream.of(
                                    terms,
                                    far.requiredDuringSchedulingIgnoredDuringExecution().stream(),
                                    far.preferredDuringSchedulingIgnoredDuringExecution().stream()
                                            .map(weighted -> weighted.podAffinityTerm()))
                            .flatMap(all -> all);
        }
        return terms.anyMatch(
                term -> !term.namespaces().isEmpty() || term.namespaceSelector() != null);
    }
}

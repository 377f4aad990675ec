package io.coxswain.api.core.pods;

import io.coxswain.api.core.PodSpec;
import io.coxswain.api.schema.FieldErrors;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The rules of resources that are given for the pod as a whole.
final class PodResourceValidation {

    private PodResourceValidation() {}

    static void check(PodSpec spec, FieldErrors errors) {
        var resources = spec.resources();
        if (resources == null) {
            return;
        }
        if (!resources.claims().isEmpty()) {
            errors.at("claims").forbidden("claims cannot be set for Resources at pod-level");
        }
        supported(resources.limits().keySet(), errors.at("limits"));
        supported(resources.requests().keySet(), errors.at("requests"));
        ResourceValidation.requirements(resources.limits(), resources.requests(), errors);
        var asked = PodResources.sum(spec.containers(), spec.initContainers());
        resources
                .requests()
                .forEach((name, request) -> {
                    var sum = asked.get(name);
                    if (sum != null && sum.compareTo(request) > 0) {
                        errors.at("requests")
                                .key(name)
                                .invalid(
                                        request,
                                        "must be greater than or equal to aggregate"
                                                + " container requests of "
                                                + sum);
                    }
                });
    }

    private static void supported(Set<String> names, FieldErrors errors) {
        for (var name : new TreeSet<>(names)) {
            if (!PodResources.supportedForPods(name)) {
                errors.key(name).notSupported(name, List.of("cpu", "hugepages-", "memory"));
            }
        }
    }
}

package io.coxswain.apiserver.admission;

import io.coxswain.api.scheduling.PriorityClass;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import java.util.Set;

/// The two priority classes that the cluster's own pods have cannot be deleted.
public record SystemPriorityClasses() implements AdmissionPlugin {

    private static final Set<String> NAMES =
            Set.of("system-cluster-critical", "system-node-critical");

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (request.operation() == Operation.DELETE
                && object instanceof PriorityClass kind
                && NAMES.contains(kind.name())) {
            throw Errors.forbidden(
                    "scheduling.k8s.io",
                    "priorityclasses",
                    kind.name(),
                    "this is a system priority class and cannot be deleted");
        }
    }
}

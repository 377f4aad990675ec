package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec.EphemeralContainer;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The images of all containers of a pod, of whichever sort: whoever judges images and forgets one
/// sort can be got round by it.
final class PodImages {

    private PodImages() {}

    static List<String> of(Pod pod) {
        var spec = pod.spec();
        return Stream.of(
                        spec.containers().stream().map(Container::image),
                        spec.initContainers().stream().map(Container::image),
                        spec.ephemeralContainers().stream().map(EphemeralContainer::image))
                .flatMap(images -> images)
                .toList();
    }

    /// Whether a write may bring images that were not there.
    static boolean brings(AdmissionRequest<?> request, Pod pod) {
        if (!request.kind().groupResource().equals("pods")) {
            return false;
        }
        return switch (request.operation()) {
            case CREATE -> request.subresource().isEmpty();
            case UPDATE ->
                    Set.of("", "ephemeralcontainers").contains(request.subresource())
                            && !known(request).containsAll(of(pod));
            case DELETE, CONNECT -> false;
        };
    }

    private static Set<String> known(AdmissionRequest<?> request) {
        return request.operation() == Operation.UPDATE && request.old() instanceof Pod old
                ? new HashSet<>(of(old))
                : Set.of();
    }
}

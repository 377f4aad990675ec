package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A pod that asks for a special resource tolerates the taint that keeps others off the nodes that
/// have it.
public record ExtendedResourceToleration() implements AdmissionPlugin {

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        var writes = request.creates("pods") || request.updates("pods");
        if (!writes || !(object instanceof Pod pod)) {
            return object;
        }
        var resources = new TreeSet<String>();
        Stream.of(pod.spec().containers(), pod.spec().initContainers())
                .flatMap(List::stream)
                .map(Container::resources)
                .flatMap(asked -> asked.requests().keySet().stream())
                .filter(ExtendedResourceToleration::extended)
                .forEach(resources::add);
        if (resources.isEmpty()) {
            return object;
        }
        var added = resources.stream().map(name -> Tolerations.exists(name, "NoSchedule")).toList();
        var spec =
                Edit.of(pod.spec())
                        .change(PodSpec::tolerations, own -> Tolerations.merged(own, added))
                        .done();
        return (T) Edit.with(pod, Pod::spec, spec);
    }

    /// Named by somebody's domain that is not Kubernetes' own.
    private static boolean extended(String name) {
        return name.contains("/")
                && !name.contains("kubernetes.io/")
                && !name.startsWith("requests.");
    }
}

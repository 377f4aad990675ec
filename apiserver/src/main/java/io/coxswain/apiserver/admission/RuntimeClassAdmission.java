package io.coxswain.apiserver.admission;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.Toleration;
import io.coxswain.api.node.RuntimeClass;
import io.coxswain.api.schema.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// A pod takes over the overhead, node selector and tolerations of its runtime class (upstream's
/// plugin RuntimeClass).
record RuntimeClassAdmission(Objects objects) implements AdmissionPlugin {

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods") || !(object instanceof Pod pod)) {
            return object;
        }
        var type = type(request, pod.spec());
        if (type == null) {
            return object;
        }
        var spec = scheduled(request, overheaded(request, pod.spec(), type), type);
        return (T) Edit.with(pod, Pod::spec, spec);
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods") || !(object instanceof Pod pod)) {
            return;
        }
        var type = type(request, pod.spec());
        var none = type == null || type.overhead() == null;
        if (none && !pod.spec().overhead().isEmpty()) {
            throw request.forbidden(
                    "pod rejected: Pod Overhead set without corresponding RuntimeClass defined"
                            + " Overhead");
        }
    }

    private @Nullable RuntimeClass type(AdmissionRequest<?> request, PodSpec spec) {
        var name = spec.runtimeClassName();
        if (name == null) {
            return null;
        }
        var type = objects.find(RuntimeClass.class, "", name);
        if (type == null) {
            throw request.forbidden("pod rejected: RuntimeClass \"" + name + "\" not found");
        }
        return type;
    }

    private static PodSpec overheaded(
            AdmissionRequest<?> request, PodSpec spec, RuntimeClass type) {
        var overhead = type.overhead();
        if (overhead == null) {
            return spec;
        }
        if (!spec.overhead().isEmpty() && !spec.overhead().equals(overhead.podFixed())) {
            throw request.forbidden(
                    "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        return Edit.with(spec, PodSpec::overhead, overhead.podFixed());
    }

    private static PodSpec scheduled(AdmissionRequest<?> request, PodSpec spec, RuntimeClass type) {
        var scheduling = type.scheduling();
        if (scheduling == null) {
            return spec;
        }
        var selector = new LinkedHashMap<>(spec.nodeSelector());
        scheduling
                .nodeSelector()
                .forEach((key, value) -> {
                    var own = selector.putIfAbsent(key, value);
                    if (own != null && !own.equals(value)) {
                        throw request.forbidden(
                                "conflict: runtimeClass.scheduling.nodeSelector["
                                        + key
                                        + "] = "
                                        + value
                                        + "; pod.spec.nodeSelector["
                                        + key
                                        + "] = "
                                        + own);
                    }
                });
        var tolerations = new ArrayList<Toleration>(spec.tolerations());
        for (var toleration : scheduling.tolerations()) {
            if (!tolerations.contains(toleration)) {
                tolerations.add(toleration);
            }
        }
        return Edit.of(spec)
                .set(PodSpec::nodeSelector, selector)
                .set(PodSpec::tolerations, tolerations)
                .done();
    }
}

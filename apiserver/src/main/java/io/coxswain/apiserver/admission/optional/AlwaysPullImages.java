package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.EphemeralContainer;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import java.util.List;
import java.util.stream.Collectors;

/// Has every image pulled each time, so that nobody runs a private image because it happens to be
/// on the node.
public record AlwaysPullImages() implements AdmissionPlugin {

    private static final String ALWAYS = "Always";

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!(object instanceof Pod pod) || !PodImages.brings(request, pod)) {
            return object;
        }
        var spec =
                Edit.of(pod.spec())
                        .change(PodSpec::containers, AlwaysPullImages::pulling)
                        .change(PodSpec::initContainers, AlwaysPullImages::pulling)
                        .change(
                                PodSpec::ephemeralContainers,
                                all ->
                                        Edit.each(
                                                all,
                                                one ->
                                                        Edit.with(
                                                                one,
                                                                EphemeralContainer::imagePullPolicy,
                                                                ALWAYS)))
                        .done();
        return (T) Edit.with(pod, Pod::spec, spec);
    }

    private static List<Container> pulling(List<Container> containers) {
        return Edit.each(containers, one -> Edit.with(one, Container::imagePullPolicy, ALWAYS));
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (!(object instanceof Pod pod) || !PodImages.brings(request, pod)) {
            return;
        }
        var errors = new FieldErrors();
        check(
                pod.spec().initContainers().stream().map(Container::imagePullPolicy).toList(),
                errors.at("spec").at("initContainers"));
        check(
                pod.spec().containers().stream().map(Container::imagePullPolicy).toList(),
                errors.at("spec").at("containers"));
        check(
                pod.spec().ephemeralContainers().stream()
                        .map(EphemeralContainer::imagePullPolicy)
                        .toList(),
                errors.at("spec").at("ephemeralContainers"));
        if (!errors.isEmpty()) {
            throw request.forbidden(
                    errors.all().stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
    }

    private static void check(List<String> policies, FieldErrors errors) {
        for (var i = 0; i < policies.size(); i++) {
            if (!policies.get(i).equals(ALWAYS)) {
                errors.at(i).at("imagePullPolicy").notSupported(policies.get(i), List.of(ALWAYS));
            }
        }
    }
}

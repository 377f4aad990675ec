package io.coxswain.apiserver.admission;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.scheduling.PriorityClass;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Gives a new pod the number behind its priority class, or that of the default class.
record Priority(Objects objects) implements AdmissionPlugin {

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods") || !(object instanceof Pod pod)) {
            return object;
        }
        var name = pod.spec().priorityClassName();
        var found = name.isEmpty() ? standard() : objects.find(PriorityClass.class, "", name);
        if (found == null && !name.isEmpty()) {
            throw Errors.forbidden(
                    "", "pods", pod.name(), "no PriorityClass with name " + name + " was found");
        }
        var value = found == null ? 0 : found.value();
        var asked = pod.spec().priority();
        if (asked != null && asked != value) {
            throw Errors.forbidden(
                    "",
                    "pods",
                    pod.name(),
                    "the integer value of priority ("
                            + asked
                            + ") must not be provided in pod spec; priority admission controller"
                            + " computed "
                            + value
                            + " from the given PriorityClass name");
        }
        var policy = found == null ? null : found.preemptionPolicy();
        var spec =
                Edit.of(pod.spec())
                        .set(PodSpec::priorityClassName, found == null ? "" : found.name())
                        .set(PodSpec::priority, value)
                        .set(
                                PodSpec::preemptionPolicy,
                                policy == null ? "PreemptLowerPriority" : policy)
                        .done();
        return (T) Edit.with(pod, Pod::spec, spec);
    }

    private @Nullable PriorityClass standard() {
        return objects.all(PriorityClass.class).stream()
                .filter(PriorityClass::globalDefault)
                .min(Comparator.comparingInt(PriorityClass::value))
                .orElse(null);
    }
}

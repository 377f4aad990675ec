package io.coxswain.apiserver.admission;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.LimitRange;
import io.coxswain.api.core.LimitRange.LimitRangeItem;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The LimitRanges of a namespace give containers their default resources, and say how much a
/// container, a pod or a claim may ask for.
record LimitRanger(Objects objects) implements AdmissionPlugin {

    private static final String ANNOTATION = "kubernetes.io/limit-ranger";

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods") || !(object instanceof Pod pod)) {
            return object;
        }
        var changed = pod;
        for (var range : objects.all(LimitRange.class, request.namespace())) {
            changed = withDefaults(changed, range);
        }
        return (T) changed;
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (request.creates("pods") && object instanceof Pod pod) {
            for (var range : objects.all(LimitRange.class, request.namespace())) {
                refuse(request, LimitChecks.pod(range, pod.spec()));
            }
        }
        var claims =
                request.creates("persistentvolumeclaims")
                        || request.updates("persistentvolumeclaims");
        if (claims && object instanceof PersistentVolumeClaim claim && !claim.deleting()) {
            for (var range : objects.all(LimitRange.class, request.namespace())) {
                refuse(request, LimitChecks.claim(range, claim.spec()));
            }
        }
    }

    private static void refuse(AdmissionRequest<?> request, List<String> problems) {
        if (!problems.isEmpty()) {
            throw request.forbidden(
                    problems.size() == 1
                            ? problems.getFirst()
                            : "[" + String.join(", ", problems) + "]");
        }
    }

    private static Pod withDefaults(Pod pod, LimitRange range) {
        var requests = new TreeMap<String, Quantity>();
        var limits = new TreeMap<String, Quantity>();
        for (LimitRangeItem item : range.spec().limits()) {
            if (item.type().equals("Container")) {
                requests.putAll(item.defaultRequest());
                limits.putAll(item.default_());
            }
        }
        if (requests.isEmpty() && limits.isEmpty()) {
            return pod;
        }
        var notes = new ArrayList<String>();
        var containers = new ArrayList<Container>();
        for (var container : pod.spec().containers()) {
            containers.add(filled(container, "container", requests, limits, notes));
        }
        var first = new ArrayList<Container>();
        for (var container : pod.spec().initContainers()) {
            first.add(filled(container, "init container", requests, limits, notes));
        }
        if (notes.isEmpty()) {
            return pod;
        }
        var annotations = new LinkedHashMap<>(pod.metadata().annotations());
        annotations.put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", notes));
        return Edit.of(pod)
                .set(Pod::metadata, Edit.with(pod.metadata(), ObjectMeta::annotations, annotations))
                .set(
                        Pod::spec,
                        Edit.of(pod.spec())
                                .set(PodSpec::containers, containers)
                                .set(PodSpec::initContainers, first)
                                .done())
                .done();
    }

    private static Container filled(
            Container container,
            String what,
            Map<String, Quantity> requests,
            Map<String, Quantity> limits,
            List<String> notes) {
        var own = container.resources();
        var newRequests = missing(own.requests(), requests);
        var newLimits = missing(own.limits(), limits);
        if (!newRequests.isEmpty()) {
            var names = String.join(", ", newRequests);
            notes.add(names + " request for " + what + " " + container.name());
        }
        if (!newLimits.isEmpty()) {
            var names = String.join(", ", newLimits);
            notes.add(names + " limit for " + what + " " + container.name());
        }
        var resources =
                Edit.of(own)
                        .set(ResourceRequirements::requests, merged(own.requests(), requests))
                        .set(ResourceRequirements::limits, merged(own.limits(), limits))
                        .done();
        return Edit.with(container, Container::resources, resources);
    }

    private static TreeSet<String> missing(
            Map<String, Quantity> own, Map<String, Quantity> defaults) {
        var names = new TreeSet<>(defaults.keySet());
        names.removeAll(own.keySet());
        return names;
    }

    private static Map<String, Quantity> merged(
            Map<String, Quantity> own, Map<String, Quantity> defaults) {
        var all = new LinkedHashMap<>(own);
        defaults.forEach(all::putIfAbsent);
        return all;
    }
}

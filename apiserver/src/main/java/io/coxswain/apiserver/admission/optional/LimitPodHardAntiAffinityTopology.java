package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Pod;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;

/// A pod may keep others off its node, but not off a whole zone.
public record LimitPodHardAntiAffinityTopology() implements AdmissionPlugin {

    private static final String HOST = "kubernetes.io/hostname";

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var writes = request.creates("pods") || request.updates("pods");
        if (!writes || !(object instanceof Pod pod)) {
            return;
        }
        var affinity = pod.spec().affinity();
        var against = affinity == null ? null : affinity.podAntiAffinity();
        if (against == null) {
            return;
        }
        for (var term : against.requiredDuringSchedulingIgnoredDuringExecution()) {
            if (!term.topologyKey().equals(HOST)) {
                throw request.forbidden(
                        "affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey "
                                + term.topologyKey()
                                + " but only key "
                                + HOST
                                + " is allowed");
            }
        }
    }
}

package io.coxswain.scheduler.snapshot;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodAffinityTerm;
import io.coxswain.api.core.PodSpec.WeightedPodAffinityTerm;
import java.util.List;

/// The terms of a pod's affinity to and anti-affinity against other pods.
public record PodTerms(
        List<PodTerm> required,
        List<PodTerm> requiredApart,
        List<PodTerm> preferred,
        List<PodTerm> preferredApart) {

    public static final PodTerms NONE = new PodTerms(List.of(), List.of(), List.of(), List.of());

    static PodTerms of(Pod pod) {
        var affinity = pod.spec().affinity();
        if (affinity == null
                || (affinity.podAffinity() == null && affinity.podAntiAffinity() == null)) {
            return NONE;
        }
        var near = affinity.podAffinity();
        var apart = affinity.podAntiAffinity();
        return new PodTerms(
                near == null
                        ? List.of()
                        : required(pod, near.requiredDuringSchedulingIgnoredDuringExecution()),
                apart == null
                        ? List.of()
                        : required(pod, apart.requiredDuringSchedulingIgnoredDuringExecution()),
                near == null
                        ? List.of()
                        : preferred(pod, near.preferredDuringSchedulingIgnoredDuringExecution()),
                apart == null
                        ? List.of()
                        : preferred(pod, apart.preferredDuringSchedulingIgnoredDuringExecution()));
    }

    public boolean none() {
        return required.isEmpty()
                && requiredApart.isEmpty()
                && preferred.isEmpty()
                && preferredApart.isEmpty();
    }

    private static List<PodTerm> required(Pod pod, List<PodAffinityTerm> terms) {
        return terms.stream().map(term -> PodTerm.of(pod, term, 0)).toList();
    }

    private static List<PodTerm> preferred(Pod pod, List<WeightedPodAffinityTerm> terms) {
        return terms.stream()
                .map(term -> PodTerm.of(pod, term.podAffinityTerm(), term.weight()))
                .toList();
    }
}

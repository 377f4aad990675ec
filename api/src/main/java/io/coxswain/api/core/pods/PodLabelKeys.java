package io.coxswain.api.core.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodAffinityTerm;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.Affinity;
import io.coxswain.api.core.PodSpec.PodAffinity;
import io.coxswain.api.core.PodSpec.PodAntiAffinity;
import io.coxswain.api.core.PodSpec.TopologySpreadConstraint;
import io.coxswain.api.core.PodSpec.WeightedPodAffinityTerm;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.LabelSelectorRequirement;
import io.coxswain.api.schema.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns `matchLabelKeys` into requirements of the selector beside them.
///
/// A pod labelled `hash=7` with the key `hash` selects pods where `hash in (7)`; a mismatching key
/// becomes `hash notin (7)`. Keys that the pod has no label for mean nothing.
final class PodLabelKeys {

    private final Map<String, String> labels;

    private PodLabelKeys(Map<String, String> labels) {
        this.labels = labels;
    }

    static PodSpec merge(Pod pod) {
        var keys = new PodLabelKeys(pod.metadata().labels());
        var spec = pod.spec();
        return Edit.of(spec)
                .set(PodSpec::affinity, keys.affinity(spec.affinity()))
                .set(
                        PodSpec::topologySpreadConstraints,
                        spec.topologySpreadConstraints().stream().map(keys::constraint).toList())
                .done();
    }

    private TopologySpreadConstraint constraint(TopologySpreadConstraint constraint) {
        return Edit.with(
                constraint,
                TopologySpreadConstraint::labelSelector,
                selector(constraint.labelSelector(), constraint.matchLabelKeys(), List.of()));
    }

    private @Nullable Affinity affinity(@Nullable Affinity affinity) {
        if (affinity == null) {
            return null;
        }
        var pod = affinity.podAffinity();
        var anti = affinity.podAntiAffinity();
        return new Affinity(
                affinity.nodeAffinity(),
                pod == null
                        ? null
                        : new PodAffinity(
                                terms(pod.requiredDuringSchedulingIgnoredDuringExecution()),
                                weighted(pod.preferredDuringSchedulingIgnoredDuringExecution())),
                anti == null
                        ? null
                        : new PodAntiAffinity(
                                terms(anti.requiredDuringSchedulingIgnoredDuringExecution()),
                                weighted(anti.preferredDuringSchedulingIgnoredDuringExecution())));
    }

    private List<PodAffinityTerm> terms(List<PodAffinityTerm> terms) {
        return terms.stream().map(this::term).toList();
    }

    private List<WeightedPodAffinityTerm> weighted(List<WeightedPodAffinityTerm> terms) {
        return terms.stream()
                .map(t -> new WeightedPodAffinityTerm(t.weight(), term(t.podAffinityTerm())))
                .toList();
    }

    private PodAffinityTerm term(PodAffinityTerm term) {
        return Edit.with(
                term,
                PodAffinityTerm::labelSelector,
                selector(term.labelSelector(), term.matchLabelKeys(), term.mismatchLabelKeys()));
    }

    private @Nullable LabelSelector selector(
            @Nullable LabelSelector selector, List<String> equal, List<String> different) {
        if (selector == null || (equal.isEmpty() && different.isEmpty())) {
            return selector;
        }
        var rules = new ArrayList<>(selector.matchExpressions());
        equal.forEach(key -> rule(key, "In", rules));
        different.forEach(key -> rule(key, "NotIn", rules));
        return new LabelSelector(selector.matchLabels(), rules);
    }

    private void rule(String key, String operator, List<LabelSelectorRequirement> rules) {
        var value = labels.get(key);
        if (value != null) {
            rules.add(new LabelSelectorRequirement(key, operator, List.of(value)));
        }
    }
}

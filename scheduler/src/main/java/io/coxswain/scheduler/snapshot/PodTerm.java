package io.coxswain.scheduler.snapshot;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodAffinityTerm;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.api.selector.Requirement;
import io.coxswain.api.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One term of a pod's affinity or anti-affinity, ready to be matched against other pods.
///
/// @param namespaceSelector null when namespaces are only named
/// @param weight 0 for a required term
public record PodTerm(
        Set<String> namespaces,
        @Nullable LabelSelectors namespaceSelector,
        LabelSelectors selector,
        String topologyKey,
        int weight) {

    static PodTerm of(Pod pod, PodAffinityTerm term, int weight) {
        var own = term.namespaces().isEmpty() && term.namespaceSelector() == null;
        var selector = LabelSelectors.of(term.labelSelector());
        var labels = pod.metadata().labels();
        return new PodTerm(
                own ? Set.of(pod.namespace()) : Set.copyOf(term.namespaces()),
                term.namespaceSelector() == null
                        ? null
                        : LabelSelectors.of(term.namespaceSelector()),
                with(
                        with(selector, term.matchLabelKeys(), labels, Operator.IN),
                        term.mismatchLabelKeys(),
                        labels,
                        Operator.NOT_IN),
                term.topologyKey(),
                weight);
    }

    /// The selector, and the pod's own values of some labels.
    public static LabelSelectors with(
            LabelSelectors selector,
            List<String> keys,
            Map<String, String> labels,
            Operator operator) {
        if (keys.isEmpty() || selector.nothing()) {
            return selector;
        }
        var all = new ArrayList<>(selector.requirements());
        for (var key : keys) {
            var value = labels.get(key);
            if (value != null) {
                all.add(new Requirement(key, operator, new TreeSet<>(Set.of(value))));
            }
        }
        return new LabelSelectors(List.copyOf(all), false);
    }

    public boolean matches(PodInfo other, ClusterObjects objects) {
        return selector.matches(other.labels()) && includes(other.pod().namespace(), objects);
    }

    private boolean includes(String name, ClusterObjects objects) {
        if (namespaces.contains(name)) {
            return true;
        }
        if (namespaceSelector == null) {
            return false;
        }
        if (namespaceSelector.everything()) {
            return true;
        }
        var namespace = objects.find(Namespace.class, "", name);
        return namespace != null && namespaceSelector.matches(namespace.metadata().labels());
    }
}

package io.coxswain.scheduler.plugins;

import io.coxswain.api.policy.PodDisruptionBudget;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import io.coxswain.scheduler.snapshot.PodInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which evictions would break a disruption budget, when pods go one after the other.
final class Budgets {

    private final ClusterObjects objects;
    private final Map<String, Integer> left = new HashMap<>();

    Budgets(ClusterObjects objects) {
        this.objects = objects;
    }

    /// Those of the pods, in this order, for which no budget has anything left.
    static Set<PodInfo> broken(List<PodInfo> pods, ClusterObjects objects) {
        var budgets = new Budgets(objects);
        var broken = new HashSet<PodInfo>();
        for (var pod : pods) {
            if (budgets.breaks(pod)) {
                broken.add(pod);
            }
        }
        return broken;
    }

    private boolean breaks(PodInfo pod) {
        var breaks = false;
        if (pod.labels().isEmpty()) {
            return false;
        }
        var budgets =
                objects.in(PodDisruptionBudget.class, pod.pod().namespace())
                        .filter(budget -> covers(budget, pod))
                        .toList();
        for (var budget : budgets) {
            var allowed =
                    left.merge(
                            budget.uid(),
                            budget.status().disruptionsAllowed() - 1,
                            (before, first) -> before - 1);
            breaks |= allowed < 0;
        }
        return breaks;
    }

    /// A pod whose eviction has been counted already costs nothing more.
    private static boolean covers(PodDisruptionBudget budget, PodInfo pod) {
        var selector = LabelSelectors.of(budget.spec().selector());
        return !selector.everything()
                && selector.matches(pod.labels())
                && !budget.status().disruptedPods().containsKey(pod.pod().name());
    }
}

package io.coxswain.controllers.rbac;

import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.rbac.PolicyRule;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Selection;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/// Fills ClusterRoles with an aggregation rule (`admin`, `edit`, `view`) with the rules of all
/// roles whose labels match.
public final class ClusterRoleAggregation implements Controller<ClusterRole> {

    @Override
    public Plan reconcile(ClusterRole role, View view) {
        var aggregation = role.aggregationRule();
        if (aggregation == null || role.deleting()) {
            return Plan.NOTHING;
        }
        var rules = new LinkedHashSet<PolicyRule>();
        for (var selector : aggregation.clusterRoleSelectors()) {
            var selection = Selection.of(selector);
            view.all(ClusterRole.class)
                    .filter(other -> !other.name().equals(role.name()))
                    .filter(other -> selection.matches(other.metadata().labels()))
                    .forEach(other -> rules.addAll(other.rules()));
        }
        var gathered = List.copyOf(rules);
        return gathered.equals(role.rules())
                ? Plan.NOTHING
                : Plan.of(Step.update(Edit.with(role, ClusterRole::rules, gathered)));
    }

    /// Any role may be part of any aggregate.
    public static Stream<NamespacedName> aggregates(ClusterRole changed, View view) {
        return view.all(ClusterRole.class)
                .filter(role -> role.aggregationRule() != null)
                .map(NamespacedName::of);
    }
}

package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.MatchCondition;
import io.coxswain.apiserver.cel.Bindings;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelEnvironment;
import io.coxswain.apiserver.cel.CelFailure;
import java.util.ArrayList;
import java.util.List;

/// The conditions a write must meet before a webhook or policy looks at it. All must hold; one that
/// does not decides, even when another cannot be evaluated.
public final class MatchConditions {

    private final List<Compiled> programs;

    private MatchConditions(List<Compiled> programs) {
        this.programs = programs;
    }

    /// For a webhook.
    public static MatchConditions of(List<MatchCondition> conditions) {
        return of(conditions, Environments.conditions());
    }

    static MatchConditions of(List<MatchCondition> conditions, CelEnvironment environment) {
        var programs = new ArrayList<Compiled>();
        for (var condition : conditions) {
            programs.add(Compiled.of(environment, condition.expression(), List.of("bool")));
        }
        return new MatchConditions(programs);
    }

    /// Whether all hold; a [CelFailure] when that cannot be said.
    public boolean hold(Bindings bindings, Budget budget) {
        CelFailure failed = null;
        for (var program : programs) {
            try {
                if (!Boolean.TRUE.equals(program.evaluate(bindings, budget))) {
                    return false;
                }
            } catch (CelFailure failure) {
                var told =
                        new CelFailure(
                                "expression '"
                                        + program.text()
                                        + "' resulted in error: "
                                        + failure.text());
                failed = failed == null ? told : failed;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return true;
    }
}

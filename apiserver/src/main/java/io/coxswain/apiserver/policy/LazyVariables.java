package io.coxswain.apiserver.policy;

import io.coxswain.apiserver.cel.Bindings;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.Selectable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables of a policy, each computed at most once, when an expression first asks for it.
final class LazyVariables implements Selectable {

    private final Map<String, Compiled> programs;
    private final Bindings bindings;
    private final Budget budget;
    private final Map<String, Object> known = new HashMap<>();
    private final Map<String, CelFailure> failed = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    LazyVariables(Map<String, Compiled> programs, Bindings bindings, Budget budget) {
        this.programs = programs;
        this.bindings = bindings;
        this.budget = budget;
    }

    @Override
    public @Nullable Object select(String name) {
        var before = known.get(name);
        if (before != null) {
            return before;
        }
        var failure = failed.get(name);
        if (failure != null) {
            throw failure;
        }
        var program = programs.get(name);
        if (program == null || !underWay.add(name)) {
            return null;
        }
        try {
            var value = program.evaluate(bindings, budget);
            known.put(name, value);
            return value;
        } catch (CelFailure reason) {
            var told =
                    new CelFailure(
                            "composited variable \""
                                    + name
                                    + "\" fails to evaluate: "
                                    + reason.text());
            failed.put(name, told);
            throw told;
        } finally {
            underWay.remove(name);
        }
    }

    @Override
    public String typeName() {
        return "kubernetes.variables";
    }
}

package io.coxswain.apiserver.policy;

import io.coxswain.apiserver.cel.Bindings;
import io.coxswain.apiserver.cel.Budget;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request with the parameter and the variables of a policy.
final class WithVariables implements Bindings {

    private final Bindings request;
    private final Object param;
    private final LazyVariables variables;

    WithVariables(Bindings request, Object param, Map<String, Compiled> programs, Budget budget) {
        this.request = request;
        this.param = param;
        this.variables = new LazyVariables(programs, this, budget);
    }

    @Override
    public @Nullable Object find(String name) {
        return switch (name) {
            case "params" -> param;
            case "variables" -> variables;
            default -> request.find(name);
        };
    }
}

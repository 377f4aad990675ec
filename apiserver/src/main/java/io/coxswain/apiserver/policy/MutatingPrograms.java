package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.MutatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.MutatingAdmissionPolicy.Mutation;
import io.coxswain.api.admissionregistration.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The expressions of a MutatingAdmissionPolicy, compiled.
record MutatingPrograms(
        MatchConditions conditions, Map<String, Compiled> variables, List<Step> mutations) {

    /// @param json whether the result is a list of JSON patch operations rather than an object
    record Step(Compiled program, boolean json) {}

    static MutatingPrograms of(MutatingAdmissionPolicy policy) {
        var spec = policy.spec();
        var names = spec.variables().stream().map(Variable::name).toList();
        var params = spec.paramKind() != null;
        var variables = new LinkedHashMap<String, Compiled>();
        for (var variable : spec.variables()) {
            var environment = Environments.mutating(names, params, variable.expression());
            variables.put(variable.name(), Compiled.of(environment, variable.expression()));
        }
        var steps = spec.mutations().stream().map(it -> step(it, names, params)).toList();
        return new MutatingPrograms(
                MatchConditions.of(spec.matchConditions(), Environments.of(List.of(), params)),
                variables,
                steps);
    }

    static Step step(Mutation mutation, List<String> names, boolean params) {
        var json = mutation.patchType().equals("JSONPatch");
        var patch = mutation.jsonPatch();
        var apply = mutation.applyConfiguration();
        var text =
                json
                        ? (patch == null ? "" : patch.expression())
                        : (apply == null ? "" : apply.expression());
        var types = json ? List.of("list(JSONPatch)", "list(dyn)") : List.of("Object");
        return new Step(Compiled.of(Environments.mutating(names, params, text), text, types), json);
    }
}

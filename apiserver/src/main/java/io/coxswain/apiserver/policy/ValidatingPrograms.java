package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy.Validation;
import io.coxswain.api.admissionregistration.Variable;
import io.coxswain.apiserver.cel.CelEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The expressions of a ValidatingAdmissionPolicy, compiled.
record ValidatingPrograms(
        MatchConditions conditions,
        Map<String, Compiled> variables,
        List<Rule> rules,
        Map<String, Compiled> annotations) {

    /// @param messageProgram null where the message is fixed
    record Rule(Validation validation, Compiled program, @Nullable Compiled messageProgram) {}

    static ValidatingPrograms of(ValidatingAdmissionPolicy policy) {
        var spec = policy.spec();
        var names = spec.variables().stream().map(Variable::name).toList();
        var environment = Environments.of(names, spec.paramKind() != null);
        var variables = new LinkedHashMap<String, Compiled>();
        for (var variable : spec.variables()) {
            variables.put(variable.name(), Compiled.of(environment, variable.expression()));
        }
        var rules =
                spec.validations().stream()
                        .map(validation ->
                                new Rule(
                                        validation,
                                        Compiled.of(
                                                environment,
                                                validation.expression(),
                                                List.of("bool")),
                                        validation.messageExpression().isEmpty()
                                                ? null
                                                : Compiled.of(
                                                        environment,
                                                        validation.messageExpression(),
                                                        List.of("string"))))
                        .toList();
        return new ValidatingPrograms(
                MatchConditions.of(
                        spec.matchConditions(),
                        Environments.of(List.of(), spec.paramKind() != null)),
                variables,
                rules,
                annotations(policy, environment));
    }

    private static Map<String, Compiled> annotations(
            ValidatingAdmissionPolicy policy, CelEnvironment environment) {
        var annotations = new LinkedHashMap<String, Compiled>();
        for (var annotation : policy.spec().auditAnnotations()) {
            annotations.put(
                    annotation.key(),
                    Compiled.of(
                            environment,
                            annotation.valueExpression(),
                            List.of("string", "null_type")));
        }
        return annotations;
    }
}

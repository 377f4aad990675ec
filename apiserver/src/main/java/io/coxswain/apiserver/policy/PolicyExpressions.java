package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.MatchCondition;
import io.coxswain.api.admissionregistration.MutatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.MutatingWebhookConfiguration;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration;
import io.coxswain.api.admissionregistration.Variable;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.cel.CelEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Refuses policies and webhooks with an expression that does not compile. One that was stored
/// before stays as it is.
public record PolicyExpressions() implements AdmissionPlugin {

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var writes =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!writes || !request.subresource().isEmpty() || !Matching.never(request)) {
            return;
        }
        var errors = new FieldErrors();
        switch (object) {
            case ValidatingAdmissionPolicy policy -> {
                if (!(request.old() instanceof ValidatingAdmissionPolicy old)
                        || !Objects.equals(old.spec(), policy.spec())) {
                    policy(policy, errors.at("spec"));
                }
            }
            case MutatingAdmissionPolicy policy -> {
                if (!(request.old() instanceof MutatingAdmissionPolicy old)
                        || !Objects.equals(old.spec(), policy.spec())) {
                    policy(policy, errors.at("spec"));
                }
            }
            case ValidatingWebhookConfiguration hooks -> {
                for (var i = 0; i < hooks.webhooks().size(); i++) {
                    conditions(
                            hooks.webhooks().get(i).matchConditions(),
                            Environments.conditions(),
                            errors.at("webhooks").at(i).at("matchConditions"));
                }
            }
            case MutatingWebhookConfiguration hooks -> {
                for (var i = 0; i < hooks.webhooks().size(); i++) {
                    conditions(
                            hooks.webhooks().get(i).matchConditions(),
                            Environments.conditions(),
                            errors.at("webhooks").at(i).at("matchConditions"));
                }
            }
            default -> {}
        }
        if (!errors.isEmpty()) {
            var kind = request.kind();
            throw Errors.invalid(kind.group(), kind.kind(), request.name(), errors.all());
        }
    }

    private static void policy(ValidatingAdmissionPolicy policy, FieldErrors errors) {
        var spec = policy.spec();
        var params = spec.paramKind() != null;
        var names = variables(spec.variables(), params, errors.at("variables"));
        var environment = Environments.of(names, params);
        for (var i = 0; i < spec.validations().size(); i++) {
            var at = errors.at("validations").at(i);
            var validation = spec.validations().get(i);
            check(environment, validation.expression(), List.of("bool"), at.at("expression"));
            if (!validation.messageExpression().isBlank()) {
                check(
                        environment,
                        validation.messageExpression(),
                        List.of("string"),
                        at.at("messageExpression"));
            }
        }
        for (var i = 0; i < spec.auditAnnotations().size(); i++) {
            check(
                    environment,
                    spec.auditAnnotations().get(i).valueExpression(),
                    List.of("string", "null_type"),
                    errors.at("auditAnnotations").at(i).at("valueExpression"));
        }
        conditions(
                spec.matchConditions(),
                Environments.of(List.of(), params),
                errors.at("matchConditions"));
    }

    private static void policy(MutatingAdmissionPolicy policy, FieldErrors errors) {
        var spec = policy.spec();
        var params = spec.paramKind() != null;
        var names = variables(spec.variables(), params, errors.at("variables"));
        for (var i = 0; i < spec.mutations().size(); i++) {
            var step = MutatingPrograms.step(spec.mutations().get(i), names, params);
            var at =
                    errors.at("mutations")
                            .at(i)
                            .at(step.json() ? "jsonPatch" : "applyConfiguration");
            if (step.program().program() == null && !step.program().text().isEmpty()) {
                at.at("expression").invalid(step.program().text(), step.program().problem());
            }
        }
        conditions(
                spec.matchConditions(),
                Environments.of(List.of(), params),
                errors.at("matchConditions"));
    }

    /// A variable sees those before it.
    private static List<String> variables(
            List<Variable> variables, boolean params, FieldErrors errors) {
        var names = new ArrayList<String>();
        for (var i = 0; i < variables.size(); i++) {
            var variable = variables.get(i);
            var environment = Environments.mutating(names, params, variable.expression());
            check(environment, variable.expression(), List.of(), errors.at(i).at("expression"));
            names.add(variable.name());
        }
        return names;
    }

    private static void conditions(
            List<MatchCondition> conditions, CelEnvironment environment, FieldErrors errors) {
        for (var i = 0; i < conditions.size(); i++) {
            check(
                    environment,
                    conditions.get(i).expression(),
                    List.of("bool"),
                    errors.at(i).at("expression"));
        }
    }

    /// An empty expression is the strategy's to refuse.
    private static void check(
            CelEnvironment environment, String text, List<String> types, FieldErrors errors) {
        if (text.isBlank()) {
            return;
        }
        var compiled = Compiled.of(environment, text, types);
        if (compiled.program() == null) {
            errors.invalid(compiled.text(), compiled.problem());
        }
    }
}

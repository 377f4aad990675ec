package io.coxswain.api.admissionregistration;

import io.coxswain.api.meta.Condition;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.PatchReplace;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "admissionregistration.k8s.io",
        version = "v1",
        plural = "validatingadmissionpolicies",
        categories = "api-extensions",
        scope = Scope.CLUSTER)
public record ValidatingAdmissionPolicy(
        ObjectMeta metadata,
        ValidatingAdmissionPolicySpec spec,
        ValidatingAdmissionPolicyStatus status)
        implements Resource {

    public record ValidatingAdmissionPolicySpec(
            @Nullable ParamKind paramKind,
            @Nullable MatchResources matchConstraints,
            List<Validation> validations,
            @Nullable @OneOf({"Fail", "Ignore"}) String failurePolicy,
            List<AuditAnnotation> auditAnnotations,
            @ListMap("name") List<MatchCondition> matchConditions,
            @ListMap("name") List<Variable> variables) {}

    public record Validation(
            @Required String expression,
            String message,
            @Nullable String reason,
            String messageExpression) {}

    public record AuditAnnotation(@Required String key, @Required String valueExpression) {}

    public record ValidatingAdmissionPolicyStatus(
            long observedGeneration,
            @Nullable TypeChecking typeChecking,
            @ListMap("type") @PatchReplace List<Condition> conditions) {}

    public record TypeChecking(List<ExpressionWarning> expressionWarnings) {}

    public record ExpressionWarning(@Required String fieldRef, @Required String warning) {}

    public static final Strategy<ValidatingAdmissionPolicy> STRATEGY =
            Strategy.<ValidatingAdmissionPolicy>standard()
                    .subresources("status")
                    .defaults(PolicyRules::withDefaults)
                    .validate(PolicyRules::check);
}

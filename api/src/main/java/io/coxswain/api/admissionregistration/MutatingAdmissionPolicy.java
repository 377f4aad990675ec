package io.coxswain.api.admissionregistration;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "admissionregistration.k8s.io",
        version = "v1",
        plural = "mutatingadmissionpolicies",
        categories = "api-extensions",
        scope = Scope.CLUSTER)
public record MutatingAdmissionPolicy(ObjectMeta metadata, MutatingAdmissionPolicySpec spec)
        implements Resource {

    public record MutatingAdmissionPolicySpec(
            @Nullable ParamKind paramKind,
            @Nullable MatchResources matchConstraints,
            List<Variable> variables,
            List<Mutation> mutations,
            @Nullable @OneOf({"Fail", "Ignore"}) String failurePolicy,
            @ListMap("name") List<MatchCondition> matchConditions,
            @OneOf({"IfNeeded", "Never"}) String reinvocationPolicy) {}

    public record Mutation(
            @Required @OneOf({"ApplyConfiguration", "JSONPatch"}) String patchType,
            @Nullable ApplyConfiguration applyConfiguration,
            @Nullable JSONPatch jsonPatch) {}

    public record ApplyConfiguration(String expression) {}

    public record JSONPatch(String expression) {}

    public static final Strategy<MutatingAdmissionPolicy> STRATEGY =
            Strategy.<MutatingAdmissionPolicy>standard()
                    .defaults(PolicyRules::withDefaults)
                    .validate(PolicyRules::check);
}

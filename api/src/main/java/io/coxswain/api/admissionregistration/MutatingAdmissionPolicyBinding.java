package io.coxswain.api.admissionregistration;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "admissionregistration.k8s.io",
        version = "v1",
        plural = "mutatingadmissionpolicybindings",
        categories = "api-extensions",
        scope = Scope.CLUSTER)
public record MutatingAdmissionPolicyBinding(
        ObjectMeta metadata, MutatingAdmissionPolicyBindingSpec spec) implements Resource {

    public record MutatingAdmissionPolicyBindingSpec(
            String policyName,
            @Nullable ParamRef paramRef,
            @Nullable MatchResources matchResources) {}

    public static final Strategy<MutatingAdmissionPolicyBinding> STRATEGY =
            Strategy.<MutatingAdmissionPolicyBinding>standard()
                    .reportMetadataOnce()
                    .defaults(PolicyRules::withDefaults)
                    .validate(PolicyRules::check);
}

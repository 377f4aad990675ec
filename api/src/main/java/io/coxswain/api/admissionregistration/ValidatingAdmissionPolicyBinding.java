package io.coxswain.api.admissionregistration;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "admissionregistration.k8s.io",
        version = "v1",
        plural = "validatingadmissionpolicybindings",
        categories = "api-extensions",
        scope = Scope.CLUSTER)
public record ValidatingAdmissionPolicyBinding(
        ObjectMeta metadata, @Required ValidatingAdmissionPolicyBindingSpec spec)
        implements Resource {

    public record ValidatingAdmissionPolicyBindingSpec(
            @Required @OmitEmpty String policyName,
            @Nullable ParamRef paramRef,
            @Nullable MatchResources matchResources,
            @Required @OmitEmpty @ListSet List<String> validationActions) {}

    public static final Strategy<ValidatingAdmissionPolicyBinding> STRATEGY =
            Strategy.<ValidatingAdmissionPolicyBinding>standard()
                    .reportMetadataOnce()
                    .defaults(PolicyRules::withDefaults)
                    .validate(WebhookRules::check);
}

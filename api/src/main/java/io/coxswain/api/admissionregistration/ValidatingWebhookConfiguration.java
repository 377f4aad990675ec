package io.coxswain.api.admissionregistration;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
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
        plural = "validatingwebhookconfigurations",
        categories = "api-extensions",
        scope = Scope.CLUSTER)
public record ValidatingWebhookConfiguration(
        ObjectMeta metadata, @ListMap("name") List<ValidatingWebhook> webhooks)
        implements Resource {

    public record ValidatingWebhook(
            @Required String name,
            @Required WebhookClientConfig clientConfig,
            List<RuleWithOperations> rules,
            @Nullable @OneOf({"Fail", "Ignore"}) String failurePolicy,
            @Nullable @OneOf({"Equivalent", "Exact"}) String matchPolicy,
            @Nullable LabelSelector namespaceSelector,
            @Nullable LabelSelector objectSelector,
            @Required @Always @OneOf({"None", "NoneOnDryRun", "Some", "Unknown"})
                    String sideEffects,
            @Nullable Integer timeoutSeconds,
            @Required List<String> admissionReviewVersions,
            @ListMap("name") List<MatchCondition> matchConditions) {}

    public static final Strategy<ValidatingWebhookConfiguration> STRATEGY =
            Strategy.<ValidatingWebhookConfiguration>standard()
                    .reportMetadataOnce()
                    .defaults(WebhookRules::withDefaults)
                    .validate(WebhookRules::check);
}

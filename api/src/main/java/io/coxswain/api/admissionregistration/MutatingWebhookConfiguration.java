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
        plural = "mutatingwebhookconfigurations",
        categories = "api-extensions",
        scope = Scope.CLUSTER)
public record MutatingWebhookConfiguration(
        ObjectMeta metadata, @ListMap("name") List<MutatingWebhook> webhooks) implements Resource {

    public record MutatingWebhook(
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
            @Nullable @OneOf({"IfNeeded", "Never"}) String reinvocationPolicy,
            @ListMap("name") List<MatchCondition> matchConditions) {}

    public static final Strategy<MutatingWebhookConfiguration> STRATEGY =
            Strategy.<MutatingWebhookConfiguration>standard()
                    .reportMetadataOnce()
                    .defaults(WebhookRules::withDefaults)
                    .validate(WebhookRules::check);
}

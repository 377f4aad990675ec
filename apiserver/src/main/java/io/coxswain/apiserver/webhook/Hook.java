package io.coxswain.apiserver.webhook;

import io.coxswain.api.admissionregistration.MatchCondition;
import io.coxswain.api.admissionregistration.MutatingWebhookConfiguration;
import io.coxswain.api.admissionregistration.MutatingWebhookConfiguration.MutatingWebhook;
import io.coxswain.api.admissionregistration.RuleWithOperations;
import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration;
import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration.ValidatingWebhook;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.apiserver.remote.WebhookClient;
import io.coxswain.apiserver.remote.WebhookTarget;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What both sorts of webhook have in common.
///
/// @param configuration the name of the object it stands in
/// @param again whether it wants to see later changes
record Hook(
        String configuration,
        String name,
        WebhookTarget target,
        Rules rules,
        boolean ignoresFailure,
        String sideEffects,
        int timeoutSeconds,
        List<String> versions,
        boolean again) {

    private static final int TIMEOUT_SECONDS = 10;
    private static final int ANSWER_BYTES_MAX = 16 << 20;

    /// What a hook wants to see.
    record Rules(
            List<RuleWithOperations> rules,
            @Nullable String policy,
            @Nullable LabelSelector namespaces,
            @Nullable LabelSelector objects,
            List<MatchCondition> conditions) {}

    static Hook of(MutatingWebhookConfiguration configuration, MutatingWebhook hook) {
        return of(configuration.name(), hook);
    }

    private static Hook of(String configuration, MutatingWebhook hook) {
        return new Hook(
                configuration,
                hook.name(),
                WebhookTarget.of(hook.clientConfig()),
                new Rules(
                        hook.rules(),
                        hook.matchPolicy(),
                        hook.namespaceSelector(),
                        hook.objectSelector(),
                        hook.matchConditions()),
                "Ignore".equals(hook.failurePolicy()),
                hook.sideEffects(),
                seconds(hook.timeoutSeconds()),
                hook.admissionReviewVersions(),
                "IfNeeded".equals(hook.reinvocationPolicy()));
    }

    /// A validating hook sees an object once.
    static Hook of(ValidatingWebhookConfiguration configuration, ValidatingWebhook hook) {
        return of(
                configuration.name(),
                new MutatingWebhook(
                        hook.name(),
                        hook.clientConfig(),
                        hook.rules(),
                        hook.failurePolicy(),
                        hook.matchPolicy(),
                        hook.namespaceSelector(),
                        hook.objectSelector(),
                        hook.sideEffects(),
                        hook.timeoutSeconds(),
                        hook.admissionReviewVersions(),
                        "Never",
                        hook.matchConditions()));
    }

    private static int seconds(@Nullable Integer seconds) {
        return seconds == null ? TIMEOUT_SECONDS : seconds;
    }

    WebhookClient.Patience patience() {
        return new WebhookClient.Patience(Duration.ofSeconds(timeoutSeconds), ANSWER_BYTES_MAX);
    }

    /// A dry run may call only hooks that leave the world as it is.
    boolean harmless() {
        return sideEffects.equals("None") || sideEffects.equals("NoneOnDryRun");
    }
}

package io.coxswain.apiserver.webhook;

import io.coxswain.api.admissionregistration.MatchCondition;
import io.coxswain.api.admissionregistration.MutatingWebhookConfiguration.MutatingWebhook;
import io.coxswain.api.admissionregistration.RuleWithOperations;
import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration.ValidatingWebhook;
import io.coxswain.api.admissionregistration.WebhookClientConfig;
import io.coxswain.api.meta.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What both sorts of webhook have in common.
///
/// @param again whether it wants to see later changes
record Hook(
        String name,
        WebhookClientConfig client,
        Rules rules,
        boolean ignoresFailure,
        String sideEffects,
        int timeoutSeconds,
        List<String> versions,
        boolean again) {

    private static final int TIMEOUT_SECONDS = 10;

    /// What a hook wants to see.
    record Rules(
            List<RuleWithOperations> rules,
            @Nullable LabelSelector namespaces,
            @Nullable LabelSelector objects,
            List<MatchCondition> conditions) {}

    static Hook of(MutatingWebhook hook) {
        return new Hook(
                hook.name(),
                hook.clientConfig(),
                new Rules(
                        hook.rules(),
                        hook.namespaceSelector(),
                        hook.objectSelector(),
                        hook.matchConditions()),
                "Ignore".equals(hook.failurePolicy()),
                hook.sideEffects(),
                seconds(hook.timeoutSeconds()),
                hook.admissionReviewVersions(),
                "IfNeeded".equals(hook.reinvocationPolicy()));
    }

    static Hook of(ValidatingWebhook hook) {
        return new Hook(
                hook.name(),
                hook.clientConfig(),
                new Rules(
                        hook.rules(),
                        hook.namespaceSelector(),
                        hook.objectSelector(),
                        hook.matchConditions()),
                "Ignore".equals(hook.failurePolicy()),
                hook.sideEffects(),
                seconds(hook.timeoutSeconds()),
                hook.admissionReviewVersions(),
                false);
    }

    private static int seconds(@Nullable Integer seconds) {
        return seconds == null ? TIMEOUT_SECONDS : seconds;
    }

    /// A dry run may call only hooks that leave the world as it is.
    boolean harmless() {
        return sideEffects.equals("None") || sideEffects.equals("NoneOnDryRun");
    }
}

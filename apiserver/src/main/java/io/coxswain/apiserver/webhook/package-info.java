/// Admission by web hooks: Mutating- and ValidatingWebhookConfigurations.
/// [io.coxswain.apiserver.webhook.Hooks] asks, over
/// [io.coxswain.apiserver.remote.WebhookClient]; [io.coxswain.apiserver.webhook.HookAnswer] reads
/// what comes back and believes none of it.
@NullMarked
package io.coxswain.apiserver.webhook;

import org.jspecify.annotations.NullMarked;

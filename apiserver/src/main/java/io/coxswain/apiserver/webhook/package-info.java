/// Admission by web hooks: Mutating- and ValidatingWebhookConfigurations.
/// [io.coxswain.apiserver.webhook.HookCaller] speaks the protocol (`AdmissionReview` over HTTPS,
/// redirects refused), [io.coxswain.apiserver.webhook.HookAnswer] reads what comes back and
/// believes none of it.
@NullMarked
package io.coxswain.apiserver.webhook;

import org.jspecify.annotations.NullMarked;

/// Conversion of custom objects by webhooks: what is asked (`WebhookConverter`), and how it gets
/// there (`ReviewCaller`).
@NullMarked
package io.coxswain.apiserver.crd.conversion;

import org.jspecify.annotations.NullMarked;

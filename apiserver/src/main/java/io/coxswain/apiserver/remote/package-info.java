/// How this server reaches others inside the cluster: the way to a Service
/// ([io.coxswain.apiserver.remote.ServiceAddresses]), connections that are kept
/// ([io.coxswain.apiserver.remote.Connections]), and one way to ask a webhook
/// ([io.coxswain.apiserver.remote.WebhookClient]).
@NullMarked
package io.coxswain.apiserver.remote;

import org.jspecify.annotations.NullMarked;

package io.coxswain.api.admissionregistration;

import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

public record WebhookClientConfig(
        @Nullable String url, @Nullable ServiceReference service, byte[] caBundle) {

    public record ServiceReference(
            @Required String namespace,
            @Required String name,
            @Nullable String path,
            @Nullable Integer port) {}
}

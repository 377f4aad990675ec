package io.coxswain.api.networking;

import io.coxswain.api.core.TypedLocalObjectReference;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

public record IngressBackend(
        @Nullable IngressServiceBackend service, @Nullable TypedLocalObjectReference resource) {

    public record IngressServiceBackend(@Required String name, ServiceBackendPort port) {}

    @Atomic
    public record ServiceBackendPort(String name, int number) {}
}

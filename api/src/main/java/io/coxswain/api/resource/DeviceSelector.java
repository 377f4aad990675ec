package io.coxswain.api.resource;

import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

public record DeviceSelector(@Nullable CELDeviceSelector cel) {

    public record CELDeviceSelector(@Required String expression) {}
}

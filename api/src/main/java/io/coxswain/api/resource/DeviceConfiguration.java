package io.coxswain.api.resource;

import org.jspecify.annotations.Nullable;

public record DeviceConfiguration(@Nullable OpaqueDeviceConfiguration opaque) {}

package io.coxswain.api.resource;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Opaque;
import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

public record OpaqueDeviceConfiguration(
        @Required String driver, @Nullable @Required @Opaque Json parameters) {}

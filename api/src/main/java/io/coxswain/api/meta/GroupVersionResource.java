package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;

public record GroupVersionResource(
        @Required String group, @Required String version, @Required String resource) {}

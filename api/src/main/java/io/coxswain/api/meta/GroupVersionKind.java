package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;

public record GroupVersionKind(
        @Required String group, @Required String version, @Required String kind) {}

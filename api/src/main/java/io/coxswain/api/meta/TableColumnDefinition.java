package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;

public record TableColumnDefinition(
        @Required String name,
        @Required String type,
        @Required String format,
        @Required String description,
        @Required int priority) {}

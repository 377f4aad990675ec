package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

public record Condition(
        @Required String type,
        @Required String status,
        long observedGeneration,
        @Nullable @Required Instant lastTransitionTime,
        @Required String reason,
        @Required String message) {}

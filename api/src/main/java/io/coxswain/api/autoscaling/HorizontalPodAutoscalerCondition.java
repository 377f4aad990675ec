package io.coxswain.api.autoscaling;

import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

public record HorizontalPodAutoscalerCondition(
        @Required String type,
        @Required String status,
        @Nullable @Always Instant lastTransitionTime,
        String reason,
        String message) {}

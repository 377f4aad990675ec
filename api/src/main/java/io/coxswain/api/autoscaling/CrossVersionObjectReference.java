package io.coxswain.api.autoscaling;

import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Required;

@Atomic
public record CrossVersionObjectReference(
        @Required String kind, @Required String name, String apiVersion) {}

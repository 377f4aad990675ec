package io.coxswain.api.core;

import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

@Atomic
public record TypedLocalObjectReference(
        @Nullable @Always String apiGroup, @Required String kind, @Required String name) {}

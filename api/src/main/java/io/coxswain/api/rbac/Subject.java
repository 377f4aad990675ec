package io.coxswain.api.rbac;

import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Required;

@Atomic
public record Subject(
        @Required String kind, String apiGroup, @Required String name, String namespace) {}

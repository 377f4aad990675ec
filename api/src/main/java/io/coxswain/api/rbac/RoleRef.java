package io.coxswain.api.rbac;

import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Required;

@Atomic
public record RoleRef(@Always String apiGroup, @Required String kind, @Required String name) {}

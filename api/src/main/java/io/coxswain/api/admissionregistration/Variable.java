package io.coxswain.api.admissionregistration;

import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Required;

@Atomic
public record Variable(@Required String name, @Required String expression) {}

package io.coxswain.api.admissionregistration;

import io.coxswain.api.schema.Required;

public record MatchCondition(@Required String name, @Required String expression) {}

package io.coxswain.api.core;

import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Required;
import java.util.List;

@Atomic
public record TopologySelectorTerm(List<TopologySelectorLabelRequirement> matchLabelExpressions) {

    public record TopologySelectorLabelRequirement(
            @Required String key, @Required List<String> values) {}
}

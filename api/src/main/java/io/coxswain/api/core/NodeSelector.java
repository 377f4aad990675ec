package io.coxswain.api.core;

import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import java.util.List;

@Atomic
public record NodeSelector(@Required List<NodeSelectorTerm> nodeSelectorTerms) {

    @Atomic
    public record NodeSelectorTerm(
            List<NodeSelectorRequirement> matchExpressions,
            List<NodeSelectorRequirement> matchFields) {}

    public record NodeSelectorRequirement(
            @Required String key,
            @Required @OneOf({"DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"}) String operator,
            List<String> values) {}
}

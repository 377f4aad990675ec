package io.coxswain.api.meta;

import io.coxswain.api.schema.Atomic;
import java.util.List;
import java.util.Map;

@Atomic
public record LabelSelector(
        Map<String, String> matchLabels, List<LabelSelectorRequirement> matchExpressions) {}

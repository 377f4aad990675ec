package io.coxswain.api.meta;

import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Told;
import java.util.List;
import java.util.Map;

@Atomic
@Told
public record LabelSelector(
        Map<String, String> matchLabels, List<LabelSelectorRequirement> matchExpressions) {}

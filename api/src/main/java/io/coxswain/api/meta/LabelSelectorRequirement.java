package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;
import java.util.List;

public record LabelSelectorRequirement(
        @Required String key, @Required String operator, List<String> values) {}

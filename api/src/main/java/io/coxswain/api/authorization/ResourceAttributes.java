package io.coxswain.api.authorization;

import io.coxswain.api.meta.FieldSelectorRequirement;
import io.coxswain.api.meta.LabelSelectorRequirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record ResourceAttributes(
        String namespace,
        String verb,
        String group,
        String version,
        String resource,
        String subresource,
        String name,
        @Nullable FieldSelectorAttributes fieldSelector,
        @Nullable LabelSelectorAttributes labelSelector) {

    public record FieldSelectorAttributes(
            String rawSelector, List<FieldSelectorRequirement> requirements) {}

    public record LabelSelectorAttributes(
            String rawSelector, List<LabelSelectorRequirement> requirements) {}
}

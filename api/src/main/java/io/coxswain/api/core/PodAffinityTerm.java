package io.coxswain.api.core;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record PodAffinityTerm(
        @Nullable LabelSelector labelSelector,
        List<String> namespaces,
        @Required String topologyKey,
        @Nullable LabelSelector namespaceSelector,
        List<String> matchLabelKeys,
        List<String> mismatchLabelKeys) {}

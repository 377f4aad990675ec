package io.coxswain.api.meta;

import java.util.List;
import org.jspecify.annotations.Nullable;

public record DeleteOptions(
        String kind,
        String apiVersion,
        @Nullable Long gracePeriodSeconds,
        @Nullable Preconditions preconditions,
        @Nullable Boolean orphanDependents,
        @Nullable String propagationPolicy,
        List<String> dryRun,
        @Nullable Boolean ignoreStoreReadErrorWithClusterBreakingPotential) {

    public record Preconditions(@Nullable String uid, @Nullable String resourceVersion) {}
}

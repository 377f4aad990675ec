package io.coxswain.api.meta;

import java.util.List;
import org.jspecify.annotations.Nullable;

public record PatchOptions(
        String kind,
        String apiVersion,
        List<String> dryRun,
        @Nullable Boolean force,
        String fieldManager,
        String fieldValidation) {}

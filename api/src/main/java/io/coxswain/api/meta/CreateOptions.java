package io.coxswain.api.meta;

import java.util.List;

public record CreateOptions(
        String kind,
        String apiVersion,
        List<String> dryRun,
        String fieldManager,
        String fieldValidation) {}

package io.coxswain.api.meta;

import java.util.List;

public record UpdateOptions(
        String kind,
        String apiVersion,
        List<String> dryRun,
        String fieldManager,
        String fieldValidation) {}

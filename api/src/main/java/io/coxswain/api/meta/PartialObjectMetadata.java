package io.coxswain.api.meta;

public record PartialObjectMetadata(String kind, String apiVersion, ObjectMeta metadata) {}

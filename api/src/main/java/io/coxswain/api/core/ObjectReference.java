package io.coxswain.api.core;

import io.coxswain.api.schema.Atomic;

@Atomic
public record ObjectReference(
        String kind,
        String namespace,
        String name,
        String uid,
        String apiVersion,
        String resourceVersion,
        String fieldPath) {}

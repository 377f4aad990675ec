package io.coxswain.api.core;

import io.coxswain.api.schema.Atomic;

@Atomic
public record LocalObjectReference(String name) {}

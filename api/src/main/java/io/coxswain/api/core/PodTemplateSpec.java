package io.coxswain.api.core;

import io.coxswain.api.meta.ObjectMeta;

public record PodTemplateSpec(ObjectMeta metadata, PodSpec spec) {}

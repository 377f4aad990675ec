package io.coxswain.api.core;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;

@Kind(version = "v1", plural = "podtemplates")
public record PodTemplate(ObjectMeta metadata, PodTemplateSpec template) implements Resource {}

package io.coxswain.api.core;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;

@Kind(version = "v1", plural = "bindings")
public record Binding(ObjectMeta metadata, @Required ObjectReference target) implements Resource {}

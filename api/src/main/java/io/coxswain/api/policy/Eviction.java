package io.coxswain.api.policy;

import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

public record Eviction(ObjectMeta metadata, @Nullable DeleteOptions deleteOptions) {}

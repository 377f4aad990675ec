package io.coxswain.api.policy;

import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import org.jspecify.annotations.Nullable;

/// Lives only as a subresource: `evictions` is in no path.
@Kind(group = "policy", version = "v1", plural = "evictions")
public record Eviction(ObjectMeta metadata, @Nullable DeleteOptions deleteOptions)
        implements Resource {}

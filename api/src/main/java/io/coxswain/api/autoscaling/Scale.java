package io.coxswain.api.autoscaling;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;

/// Lives only as a subresource: `scales` is in no path.
@Kind(group = "autoscaling", version = "v1", plural = "scales")
public record Scale(ObjectMeta metadata, ScaleSpec spec, ScaleStatus status) implements Resource {

    public record ScaleSpec(int replicas) {}

    public record ScaleStatus(@Required int replicas, String selector) {}
}

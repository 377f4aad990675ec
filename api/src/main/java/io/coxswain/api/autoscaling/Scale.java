package io.coxswain.api.autoscaling;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Required;

public record Scale(ObjectMeta metadata, ScaleSpec spec, ScaleStatus status) {

    public record ScaleSpec(int replicas) {}

    public record ScaleStatus(@Required int replicas, String selector) {}
}

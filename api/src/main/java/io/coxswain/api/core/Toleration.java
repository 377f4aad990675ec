package io.coxswain.api.core;

import io.coxswain.api.schema.OneOf;
import org.jspecify.annotations.Nullable;

public record Toleration(
        String key,
        @OneOf({"Equal", "Exists", "Gt", "Lt"}) String operator,
        String value,
        @OneOf({"NoExecute", "NoSchedule", "PreferNoSchedule"}) String effect,
        @Nullable Long tolerationSeconds) {}

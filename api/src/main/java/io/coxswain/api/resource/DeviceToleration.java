package io.coxswain.api.resource;

import io.coxswain.api.schema.Default;
import io.coxswain.api.schema.OneOf;
import org.jspecify.annotations.Nullable;

public record DeviceToleration(
        String key,
        @Default("Equal") @OneOf({"Equal", "Exists"}) String operator,
        String value,
        @OneOf({"NoExecute", "NoSchedule", "None"}) String effect,
        @Nullable Long tolerationSeconds) {}

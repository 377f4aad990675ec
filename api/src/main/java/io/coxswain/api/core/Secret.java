package io.coxswain.api.core;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "secrets")
public record Secret(
        ObjectMeta metadata,
        @Nullable Boolean immutable,
        Map<String, byte[]> data,
        Map<String, String> stringData,
        String type)
        implements Resource {}

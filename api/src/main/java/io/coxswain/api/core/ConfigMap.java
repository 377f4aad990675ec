package io.coxswain.api.core;

import io.coxswain.api.core.rules.DataValidation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "configmaps", shortNames = "cm")
public record ConfigMap(
        ObjectMeta metadata,
        @Nullable Boolean immutable,
        Map<String, String> data,
        Map<String, byte[]> binaryData)
        implements Resource {
    public static final Strategy<ConfigMap> STRATEGY =
            Strategy.<ConfigMap>standard()
                    .reportMetadataAgain()
                    .withoutGeneration()
                    .validate(DataValidation::configMap)
                    .validateUpdate(DataValidation::configMapUpdate);
}

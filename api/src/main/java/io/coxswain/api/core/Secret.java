package io.coxswain.api.core;

import io.coxswain.api.core.rules.DataValidation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "secrets")
public record Secret(
        ObjectMeta metadata,
        @Nullable Boolean immutable,
        Map<String, byte[]> data,
        Map<String, String> stringData,
        String type)
        implements Resource {
    public static final Strategy<Secret> STRATEGY =
            Strategy.<Secret>standard()
                    .reportMetadataAgain()
                    .withoutGeneration()
                    .defaults(DataValidation::secretDefaults)
                    .validate(DataValidation::secret)
                    .validateUpdate(DataValidation::secretUpdate)
                    .fields(secret -> Map.of("type", secret.type()));
}

package io.coxswain.api.core;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "serviceaccounts", shortNames = "sa")
public record ServiceAccount(
        ObjectMeta metadata,
        @ListMap("name") List<ObjectReference> secrets,
        List<LocalObjectReference> imagePullSecrets,
        @Nullable Boolean automountServiceAccountToken)
        implements Resource {
    public static final Strategy<ServiceAccount> STRATEGY =
            Strategy.<ServiceAccount>standard()
                    .answerDeleted()
                    .withoutGeneration()
                    .subresources("token");
}

package io.coxswain.api.storage;

import io.coxswain.api.core.TopologySelectorTerm;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "storage.k8s.io",
        version = "v1",
        plural = "storageclasses",
        shortNames = "sc",
        scope = Scope.CLUSTER)
public record StorageClass(
        ObjectMeta metadata,
        @Required String provisioner,
        Map<String, String> parameters,
        @Nullable @OneOf({"Delete", "Recycle", "Retain"}) String reclaimPolicy,
        List<String> mountOptions,
        @Nullable Boolean allowVolumeExpansion,
        @Nullable @OneOf({"Immediate", "WaitForFirstConsumer"}) String volumeBindingMode,
        List<TopologySelectorTerm> allowedTopologies)
        implements Resource {
    public static final Strategy<StorageClass> STRATEGY =
            Strategy.<StorageClass>standard()
                    .withoutGeneration()
                    .answerDeleted()
                    .defaults(StorageRules::withDefaults)
                    .validate(StorageRules::check)
                    .validateUpdate(StorageRules::update);
}

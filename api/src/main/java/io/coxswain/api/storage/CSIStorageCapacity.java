package io.coxswain.api.storage;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import org.jspecify.annotations.Nullable;

@Kind(group = "storage.k8s.io", version = "v1", plural = "csistoragecapacities")
public record CSIStorageCapacity(
        ObjectMeta metadata,
        @Nullable LabelSelector nodeTopology,
        @Required String storageClassName,
        @Nullable Quantity capacity,
        @Nullable Quantity maximumVolumeSize)
        implements Resource {
    public static final Strategy<CSIStorageCapacity> STRATEGY =
            Strategy.<CSIStorageCapacity>standard()
                    .withoutGeneration()
                    .validate(VolumeRules::check)
                    .validateUpdate(VolumeRules::update);
}

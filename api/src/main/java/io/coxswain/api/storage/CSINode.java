package io.coxswain.api.storage;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(group = "storage.k8s.io", version = "v1", plural = "csinodes", scope = Scope.CLUSTER)
public record CSINode(ObjectMeta metadata, @Required CSINodeSpec spec) implements Resource {

    public record CSINodeSpec(@Required @ListMap("name") List<CSINodeDriver> drivers) {}

    public record CSINodeDriver(
            @Required String name,
            @Required String nodeID,
            @Always List<String> topologyKeys,
            @Nullable VolumeNodeResources allocatable) {}

    public record VolumeNodeResources(@Nullable Integer count) {}

    public static final Strategy<CSINode> STRATEGY =
            Strategy.<CSINode>standard()
                    .withoutGeneration()
                    .answerDeleted()
                    .validate(StorageRules::check);
}

package io.coxswain.api.storage;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.util.Map;

@Kind(
        group = "storage.k8s.io",
        version = "v1",
        plural = "volumeattributesclasses",
        shortNames = "vac",
        scope = Scope.CLUSTER)
public record VolumeAttributesClass(
        ObjectMeta metadata, @Required String driverName, Map<String, String> parameters)
        implements Resource {
    public static final Strategy<VolumeAttributesClass> STRATEGY =
            Strategy.<VolumeAttributesClass>standard().withoutGeneration().answerDeleted();
}

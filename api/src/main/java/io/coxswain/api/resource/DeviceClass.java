package io.coxswain.api.resource;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(group = "resource.k8s.io", version = "v1", plural = "deviceclasses", scope = Scope.CLUSTER)
public record DeviceClass(ObjectMeta metadata, @Required DeviceClassSpec spec) implements Resource {

    public record DeviceClassSpec(
            List<DeviceSelector> selectors,
            List<DeviceClassConfiguration> config,
            @Nullable @Gate("DRAExtendedResource") String extendedResourceName) {}

    public record DeviceClassConfiguration(@Nullable OpaqueDeviceConfiguration opaque) {}

    public static final Strategy<DeviceClass> STRATEGY =
            Strategy.<DeviceClass>standard().answerDeleted().validate(ClaimRules::check);
}

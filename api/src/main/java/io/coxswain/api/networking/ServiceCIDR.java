package io.coxswain.api.networking;

import io.coxswain.api.meta.Condition;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import java.util.List;

@Kind(group = "networking.k8s.io", version = "v1", plural = "servicecidrs", scope = Scope.CLUSTER)
public record ServiceCIDR(ObjectMeta metadata, ServiceCIDRSpec spec, ServiceCIDRStatus status)
        implements Resource {

    public record ServiceCIDRSpec(List<String> cidrs) {}

    public record ServiceCIDRStatus(@ListMap("type") List<Condition> conditions) {}
}

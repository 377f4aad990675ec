package io.coxswain.api.resource.v1beta1;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.resource.ResourceClaim.ResourceClaimStatus;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;

@Kind(group = "resource.k8s.io", version = "v1beta1", plural = "resourceclaims")
public record ResourceClaim(
        ObjectMeta metadata, @Required ResourceClaimSpec spec, ResourceClaimStatus status)
        implements Resource {

    public static final Strategy<ResourceClaim> STRATEGY =
            io.coxswain.api.resource.ResourceClaim.STRATEGY.through(Conversions.CLAIM);
}

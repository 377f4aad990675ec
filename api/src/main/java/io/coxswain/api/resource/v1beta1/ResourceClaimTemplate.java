package io.coxswain.api.resource.v1beta1;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;

@Kind(group = "resource.k8s.io", version = "v1beta1", plural = "resourceclaimtemplates")
public record ResourceClaimTemplate(ObjectMeta metadata, @Required ResourceClaimTemplateSpec spec)
        implements Resource {

    public record ResourceClaimTemplateSpec(
            ObjectMeta metadata, @Required ResourceClaimSpec spec) {}

    public static final Strategy<ResourceClaimTemplate> STRATEGY =
            io.coxswain.api.resource.ResourceClaimTemplate.STRATEGY.through(Conversions.TEMPLATE);
}

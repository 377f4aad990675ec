package io.coxswain.api.resource;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;

@Kind(group = "resource.k8s.io", version = "v1", plural = "resourceclaimtemplates")
public record ResourceClaimTemplate(ObjectMeta metadata, @Required ResourceClaimTemplateSpec spec)
        implements Resource {

    public record ResourceClaimTemplateSpec(
            ObjectMeta metadata, @Required ResourceClaimSpec spec) {}

    public static final Strategy<ResourceClaimTemplate> STRATEGY =
            Strategy.<ResourceClaimTemplate>standard()
                    .withoutGeneration()
                    .answerDeleted()
                    .defaults(ClaimRules::withDefaults)
                    .validate(ClaimRules::check)
                    .validateUpdated((template, errors) -> {})
                    .validateUpdate(ClaimRules::update);
}

package io.coxswain.api.core;

import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.core.pods.PodValidation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;

@Kind(version = "v1", plural = "podtemplates")
public record PodTemplate(ObjectMeta metadata, PodTemplateSpec template) implements Resource {
    public static final Strategy<PodTemplate> STRATEGY =
            Strategy.<PodTemplate>standard()
                    .answerDeleted()
                    .defaults(kept ->
                            new PodTemplate(kept.metadata(), PodDefaults.template(kept.template())))
                    .validate((kept, errors) ->
                            PodValidation.template(kept.template(), errors.at("template")));
}

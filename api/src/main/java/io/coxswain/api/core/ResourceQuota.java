package io.coxswain.api.core;

import io.coxswain.api.core.rules.QuotaValidation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "resourcequotas", shortNames = "quota")
public record ResourceQuota(ObjectMeta metadata, ResourceQuotaSpec spec, ResourceQuotaStatus status)
        implements Resource {

    public record ResourceQuotaSpec(
            Map<String, Quantity> hard,
            List<String> scopes,
            @Nullable ScopeSelector scopeSelector) {}

    @Atomic
    public record ScopeSelector(List<ScopedResourceSelectorRequirement> matchExpressions) {}

    public record ScopedResourceSelectorRequirement(
            @Required
                    @OneOf({
                        "BestEffort",
                        "CrossNamespacePodAffinity",
                        "NotBestEffort",
                        "NotTerminating",
                        "PriorityClass",
                        "Terminating",
                        "VolumeAttributesClass"
                    })
                    String scopeName,
            @Required @OneOf({"DoesNotExist", "Exists", "In", "NotIn"}) String operator,
            List<String> values) {}

    public record ResourceQuotaStatus(Map<String, Quantity> hard, Map<String, Quantity> used) {}

    public static final Strategy<ResourceQuota> STRATEGY =
            Strategy.<ResourceQuota>standard()
                    .answerDeleted()
                    .withoutGeneration()
                    .subresources("status")
                    .validate(QuotaValidation::check)
                    .validateUpdate(QuotaValidation::update)
                    .validateStatusUpdate(QuotaValidation::status);
}

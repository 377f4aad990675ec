package io.coxswain.api.core;

import io.coxswain.api.core.rules.LimitRangeRules;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Name;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import java.util.Map;

@Kind(version = "v1", plural = "limitranges", shortNames = "limits")
public record LimitRange(ObjectMeta metadata, LimitRangeSpec spec) implements Resource {

    public record LimitRangeSpec(@Required List<LimitRangeItem> limits) {}

    public record LimitRangeItem(
            @Required String type,
            Map<String, Quantity> max,
            Map<String, Quantity> min,
            @Name("default") Map<String, Quantity> default_,
            Map<String, Quantity> defaultRequest,
            Map<String, Quantity> maxLimitRequestRatio) {}

    public static final Strategy<LimitRange> STRATEGY =
            Strategy.<LimitRange>standard()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .defaults(LimitRangeRules::withDefaults)
                    .validate(LimitRangeRules::check);
}

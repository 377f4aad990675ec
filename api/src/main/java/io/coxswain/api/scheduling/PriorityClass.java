package io.coxswain.api.scheduling;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "scheduling.k8s.io",
        version = "v1",
        plural = "priorityclasses",
        shortNames = "pc",
        scope = Scope.CLUSTER)
public record PriorityClass(
        ObjectMeta metadata,
        @Always int value,
        boolean globalDefault,
        String description,
        @Nullable @OneOf({"Never", "PreemptLowerPriority"}) String preemptionPolicy)
        implements Resource {
    public static final Strategy<PriorityClass> STRATEGY =
            Strategy.<PriorityClass>standard()
                    .fixedGeneration()
                    .defaults(PriorityClassRules::withDefaults)
                    .validate(PriorityClassRules::check)
                    .validateUpdate(PriorityClassRules::update);
}

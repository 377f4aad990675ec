package io.coxswain.api.networking;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import org.jspecify.annotations.Nullable;

@Kind(group = "networking.k8s.io", version = "v1", plural = "ingressclasses", scope = Scope.CLUSTER)
public record IngressClass(ObjectMeta metadata, IngressClassSpec spec) implements Resource {

    public record IngressClassSpec(
            String controller, @Nullable IngressClassParametersReference parameters) {}

    public record IngressClassParametersReference(
            @Nullable String apiGroup,
            @Required String kind,
            @Required String name,
            @Nullable @Always String scope,
            @Nullable String namespace) {}

    public static final Strategy<IngressClass> STRATEGY =
            Strategy.<IngressClass>standard()
                    .defaults(IngressRules::withDefaults)
                    .validate(IngressRules::check)
                    .validateUpdate(IngressRules::update);
}

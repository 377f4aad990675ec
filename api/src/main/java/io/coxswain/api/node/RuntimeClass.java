package io.coxswain.api.node;

import io.coxswain.api.core.Toleration;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(group = "node.k8s.io", version = "v1", plural = "runtimeclasses", scope = Scope.CLUSTER)
public record RuntimeClass(
        ObjectMeta metadata,
        @Required String handler,
        @Nullable Overhead overhead,
        @Nullable Scheduling scheduling)
        implements Resource {

    public record Overhead(Map<String, Quantity> podFixed) {}

    public record Scheduling(
            @Atomic Map<String, String> nodeSelector, List<Toleration> tolerations) {}

    public static final Strategy<RuntimeClass> STRATEGY =
            Strategy.<RuntimeClass>standard()
                    .withoutGeneration()
                    .validate((kind, errors) ->
                            errors.at("handler")
                                    .invalid(kind.handler(), Names.label(kind.handler())))
                    .validateUpdate((old, updated, errors) ->
                            Values.immutable(
                                    old.handler(), updated.handler(), errors.at("handler")));
}

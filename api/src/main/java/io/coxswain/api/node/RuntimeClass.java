package io.coxswain.api.node;

import io.coxswain.api.core.Toleration;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
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
}

package io.coxswain.api.core;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "namespaces", shortNames = "ns", scope = Scope.CLUSTER)
public record Namespace(ObjectMeta metadata, NamespaceSpec spec, NamespaceStatus status)
        implements Resource {

    public record NamespaceSpec(List<String> finalizers) {}

    public record NamespaceStatus(
            @OneOf({"Active", "Terminating"}) String phase,
            @ListMap("type") List<NamespaceCondition> conditions) {}

    public record NamespaceCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}
}

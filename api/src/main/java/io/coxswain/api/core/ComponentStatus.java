package io.coxswain.api.core;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import java.util.List;

@Kind(version = "v1", plural = "componentstatuses", shortNames = "cs", scope = Scope.CLUSTER)
public record ComponentStatus(
        ObjectMeta metadata, @ListMap("type") List<ComponentCondition> conditions)
        implements Resource {

    public record ComponentCondition(
            @Required String type, @Required String status, String message, String error) {}
}

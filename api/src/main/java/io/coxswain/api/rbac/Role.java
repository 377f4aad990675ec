package io.coxswain.api.rbac;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Names;
import java.util.List;

@Kind(group = "rbac.authorization.k8s.io", version = "v1", plural = "roles")
public record Role(ObjectMeta metadata, @Always List<PolicyRule> rules) implements Resource {
    public static final Strategy<Role> STRATEGY =
            Strategy.<Role>standard()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .names(Names.PATH_SEGMENT_NAME)
                    .validate(RbacRules::role);
}

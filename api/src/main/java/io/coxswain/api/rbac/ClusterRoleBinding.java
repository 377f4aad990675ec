package io.coxswain.api.rbac;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Names;
import java.util.List;

@Kind(
        group = "rbac.authorization.k8s.io",
        version = "v1",
        plural = "clusterrolebindings",
        scope = Scope.CLUSTER)
public record ClusterRoleBinding(
        ObjectMeta metadata, List<Subject> subjects, @Required RoleRef roleRef)
        implements Resource {
    public static final Strategy<ClusterRoleBinding> STRATEGY =
            Strategy.<ClusterRoleBinding>standard()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .names(Names.PATH_SEGMENT_NAME)
                    .defaults(RbacRules::withDefaults)
                    .validate(RbacRules::clusterRoleBinding)
                    .validateUpdate((old, updated, errors) ->
                            RbacRules.sameRole(old.roleRef(), updated.roleRef(), errors));
}

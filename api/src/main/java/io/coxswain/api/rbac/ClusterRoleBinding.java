package io.coxswain.api.rbac;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import java.util.List;

@Kind(
        group = "rbac.authorization.k8s.io",
        version = "v1",
        plural = "clusterrolebindings",
        scope = Scope.CLUSTER)
public record ClusterRoleBinding(
        ObjectMeta metadata, List<Subject> subjects, @Required RoleRef roleRef)
        implements Resource {}

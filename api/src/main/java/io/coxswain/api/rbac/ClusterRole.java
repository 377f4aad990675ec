package io.coxswain.api.rbac;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "rbac.authorization.k8s.io",
        version = "v1",
        plural = "clusterroles",
        scope = Scope.CLUSTER)
public record ClusterRole(
        ObjectMeta metadata,
        @Always List<PolicyRule> rules,
        @Nullable AggregationRule aggregationRule)
        implements Resource {

    public record AggregationRule(List<LabelSelector> clusterRoleSelectors) {}

    public static final Strategy<ClusterRole> STRATEGY =
            Strategy.<ClusterRole>standard()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .names(Names.PATH_SEGMENT_NAME)
                    .validate(RbacRules::clusterRole);
}

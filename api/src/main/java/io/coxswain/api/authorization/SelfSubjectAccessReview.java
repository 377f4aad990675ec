package io.coxswain.api.authorization;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "authorization.k8s.io",
        version = "v1",
        plural = "selfsubjectaccessreviews",
        scope = Scope.CLUSTER)
public record SelfSubjectAccessReview(
        ObjectMeta metadata,
        @Required SelfSubjectAccessReviewSpec spec,
        SubjectAccessReviewStatus status)
        implements Resource {

    public record SelfSubjectAccessReviewSpec(
            @Nullable ResourceAttributes resourceAttributes,
            @Nullable NonResourceAttributes nonResourceAttributes) {}
}

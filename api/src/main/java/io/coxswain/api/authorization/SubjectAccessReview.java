package io.coxswain.api.authorization;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;

@Kind(
        group = "authorization.k8s.io",
        version = "v1",
        plural = "subjectaccessreviews",
        scope = Scope.CLUSTER)
public record SubjectAccessReview(
        ObjectMeta metadata,
        @Required SubjectAccessReviewSpec spec,
        SubjectAccessReviewStatus status)
        implements Resource {}

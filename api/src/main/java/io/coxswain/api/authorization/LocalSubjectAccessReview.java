package io.coxswain.api.authorization;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;

@Kind(group = "authorization.k8s.io", version = "v1", plural = "localsubjectaccessreviews")
public record LocalSubjectAccessReview(
        ObjectMeta metadata,
        @Required SubjectAccessReviewSpec spec,
        SubjectAccessReviewStatus status)
        implements Resource {}

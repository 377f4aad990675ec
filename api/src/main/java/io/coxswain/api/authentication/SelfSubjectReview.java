package io.coxswain.api.authentication;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;

@Kind(
        group = "authentication.k8s.io",
        version = "v1",
        plural = "selfsubjectreviews",
        scope = Scope.CLUSTER)
public record SelfSubjectReview(ObjectMeta metadata, SelfSubjectReviewStatus status)
        implements Resource {

    public record SelfSubjectReviewStatus(UserInfo userInfo) {}
}

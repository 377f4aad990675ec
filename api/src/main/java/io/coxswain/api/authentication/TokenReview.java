package io.coxswain.api.authentication;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import java.util.List;

@Kind(
        group = "authentication.k8s.io",
        version = "v1",
        plural = "tokenreviews",
        scope = Scope.CLUSTER)
public record TokenReview(
        ObjectMeta metadata, @Required TokenReviewSpec spec, TokenReviewStatus status)
        implements Resource {

    public record TokenReviewSpec(@Required @OmitEmpty String token, List<String> audiences) {}

    public record TokenReviewStatus(
            boolean authenticated, UserInfo user, List<String> audiences, String error) {}
}

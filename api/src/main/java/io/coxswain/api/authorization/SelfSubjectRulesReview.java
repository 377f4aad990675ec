package io.coxswain.api.authorization;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import java.util.List;

@Kind(
        group = "authorization.k8s.io",
        version = "v1",
        plural = "selfsubjectrulesreviews",
        scope = Scope.CLUSTER)
public record SelfSubjectRulesReview(
        ObjectMeta metadata,
        @Required SelfSubjectRulesReviewSpec spec,
        SubjectRulesReviewStatus status)
        implements Resource {

    public record SelfSubjectRulesReviewSpec(String namespace) {}

    public record SubjectRulesReviewStatus(
            @Required List<ResourceRule> resourceRules,
            @Required List<NonResourceRule> nonResourceRules,
            @Required boolean incomplete,
            String evaluationError) {}

    public record ResourceRule(
            @Required List<String> verbs,
            List<String> apiGroups,
            List<String> resources,
            List<String> resourceNames) {}

    public record NonResourceRule(@Required List<String> verbs, List<String> nonResourceURLs) {}
}

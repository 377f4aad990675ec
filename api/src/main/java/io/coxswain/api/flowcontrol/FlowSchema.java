package io.coxswain.api.flowcontrol;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "flowcontrol.apiserver.k8s.io",
        version = "v1",
        plural = "flowschemas",
        scope = Scope.CLUSTER)
public record FlowSchema(ObjectMeta metadata, FlowSchemaSpec spec, FlowSchemaStatus status)
        implements Resource {

    public record FlowSchemaSpec(
            @Required PriorityLevelConfigurationReference priorityLevelConfiguration,
            @Always int matchingPrecedence,
            @Nullable FlowDistinguisherMethod distinguisherMethod,
            List<PolicyRulesWithSubjects> rules) {}

    public record PriorityLevelConfigurationReference(@Required String name) {}

    public record FlowDistinguisherMethod(@Required String type) {}

    public record PolicyRulesWithSubjects(
            @Required List<Subject> subjects,
            List<ResourcePolicyRule> resourceRules,
            List<NonResourcePolicyRule> nonResourceRules) {}

    public record Subject(
            @Required String kind,
            @Nullable UserSubject user,
            @Nullable GroupSubject group,
            @Nullable ServiceAccountSubject serviceAccount) {}

    public record UserSubject(@Required String name) {}

    public record GroupSubject(@Required String name) {}

    public record ServiceAccountSubject(@Required String namespace, @Required String name) {}

    public record ResourcePolicyRule(
            @Required @ListSet List<String> verbs,
            @Required @ListSet List<String> apiGroups,
            @Required @ListSet List<String> resources,
            boolean clusterScope,
            @Always @ListSet List<String> namespaces) {}

    public record NonResourcePolicyRule(
            @Required @ListSet List<String> verbs,
            @Required @ListSet List<String> nonResourceURLs) {}

    public record FlowSchemaStatus(@ListMap("type") List<FlowSchemaCondition> conditions) {}

    public record FlowSchemaCondition(
            String type,
            String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<FlowSchema> STRATEGY =
            Strategy.<FlowSchema>standard()
                    .subresources("status")
                    .defaults(FlowControlRules::withDefaults)
                    .validate(FlowControlRules::check);
}

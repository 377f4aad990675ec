package io.coxswain.api.apiregistration;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Names;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "apiregistration.k8s.io",
        version = "v1",
        plural = "apiservices",
        categories = "api-extensions",
        scope = Scope.CLUSTER)
public record APIService(ObjectMeta metadata, APIServiceSpec spec, APIServiceStatus status)
        implements Resource {

    public record APIServiceSpec(
            @Nullable ServiceReference service,
            String group,
            String version,
            boolean insecureSkipTLSVerify,
            @Atomic byte[] caBundle,
            @Required int groupPriorityMinimum,
            @Required int versionPriority) {}

    public record ServiceReference(String namespace, String name, @Nullable Integer port) {}

    public record APIServiceStatus(@ListMap("type") List<APIServiceCondition> conditions) {}

    public record APIServiceCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<APIService> STRATEGY =
            Strategy.<APIService>standard()
                    .withoutGeneration()
                    .names(Names.PATH_SEGMENT_NAME)
                    .subresources("status")
                    .defaults(APIServiceRules::withDefaults)
                    .validate(APIServiceRules::check);
}

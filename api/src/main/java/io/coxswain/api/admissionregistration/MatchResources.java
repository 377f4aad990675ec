package io.coxswain.api.admissionregistration;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.OneOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Atomic
public record MatchResources(
        @Nullable LabelSelector namespaceSelector,
        @Nullable LabelSelector objectSelector,
        List<NamedRuleWithOperations> resourceRules,
        List<NamedRuleWithOperations> excludeResourceRules,
        @Nullable @OneOf({"Equivalent", "Exact"}) String matchPolicy) {

    @Atomic
    public record NamedRuleWithOperations(
            List<String> resourceNames,
            List<String> operations,
            List<String> apiGroups,
            List<String> apiVersions,
            List<String> resources,
            @Nullable @OneOf({"*", "Cluster", "Namespaced"}) String scope)
            implements AdmissionRule {}
}

package io.coxswain.api.admissionregistration;

import io.coxswain.api.schema.OneOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record RuleWithOperations(
        List<String> operations,
        List<String> apiGroups,
        List<String> apiVersions,
        List<String> resources,
        @Nullable @OneOf({"*", "Cluster", "Namespaced"}) String scope)
        implements AdmissionRule {}

package io.coxswain.api.rbac;

import io.coxswain.api.schema.Required;
import java.util.List;

public record PolicyRule(
        @Required List<String> verbs,
        List<String> apiGroups,
        List<String> resources,
        List<String> resourceNames,
        List<String> nonResourceURLs) {}

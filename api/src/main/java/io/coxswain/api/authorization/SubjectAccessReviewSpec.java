package io.coxswain.api.authorization;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record SubjectAccessReviewSpec(
        @Nullable ResourceAttributes resourceAttributes,
        @Nullable NonResourceAttributes nonResourceAttributes,
        String user,
        List<String> groups,
        Map<String, List<String>> extra,
        String uid) {}

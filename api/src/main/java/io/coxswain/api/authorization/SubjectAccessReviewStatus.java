package io.coxswain.api.authorization;

import io.coxswain.api.schema.Required;

public record SubjectAccessReviewStatus(
        @Required boolean allowed, boolean denied, String reason, String evaluationError) {}

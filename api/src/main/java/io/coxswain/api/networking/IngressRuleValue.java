package io.coxswain.api.networking;

import org.jspecify.annotations.Nullable;

public record IngressRuleValue(@Nullable HTTPIngressRuleValue http) {}

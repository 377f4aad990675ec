package io.coxswain.api.admissionregistration;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Atomic;
import org.jspecify.annotations.Nullable;

@Atomic
public record ParamRef(
        String name,
        String namespace,
        @Nullable LabelSelector selector,
        @Nullable String parameterNotFoundAction) {}

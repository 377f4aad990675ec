package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Published as required: absent or empty is a validation error.
@Retention(RetentionPolicy.RUNTIME)
public @interface Required {}

package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Left out of JSON when empty although it is required or held by value.
@Retention(RetentionPolicy.RUNTIME)
public @interface OmitEmpty {}

package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// A list of unique scalars (`x-kubernetes-list-type: set`).
@Retention(RetentionPolicy.RUNTIME)
public @interface ListSet {}

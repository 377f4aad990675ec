package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// A list that merges by these key fields (`x-kubernetes-list-type: map`); strategic merge uses the
/// first.
@Retention(RetentionPolicy.RUNTIME)
public @interface ListMap {
    String[] value();
}

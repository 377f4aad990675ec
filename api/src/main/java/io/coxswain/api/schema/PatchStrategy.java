package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The strategic merge patch strategies of this field, for example `merge,retainKeys`.
@Retention(RetentionPolicy.RUNTIME)
public @interface PatchStrategy {
    String value();
}

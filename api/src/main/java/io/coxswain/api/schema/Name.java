package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The JSON name of a component whose name Java does not allow.
@Retention(RetentionPolicy.RUNTIME)
public @interface Name {
    String value();
}

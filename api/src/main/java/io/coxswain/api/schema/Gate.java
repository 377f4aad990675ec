package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Feature gates that guard the field: with all of them off the field is dropped on write.
@Retention(RetentionPolicy.RUNTIME)
public @interface Gate {
    String[] value();
}

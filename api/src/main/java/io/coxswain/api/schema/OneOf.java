package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The values the API documents for a string; unknown ones must survive reading.
@Retention(RetentionPolicy.RUNTIME)
public @interface OneOf {
    String[] value();
}

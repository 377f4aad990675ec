package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The value, as JSON, of a field that is absent (the structural default of the API).
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {
    String value();
}

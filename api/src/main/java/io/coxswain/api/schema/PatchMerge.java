package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Strategic merge merges this list: by the key field given, or as a set of scalars without one.
@Retention(RetentionPolicy.RUNTIME)
public @interface PatchMerge {
    String value() default "";
}

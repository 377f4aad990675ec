package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Says which resource a record is. The kind's name is the record's simple name.
@Retention(RetentionPolicy.RUNTIME)
public @interface Kind {

    /// The API group; empty for the core group.
    String group() default "";

    String version();

    /// The resource name in paths, for example `pods`.
    String plural();

    String[] shortNames() default {};

    String[] categories() default {};

    Scope scope() default Scope.NAMESPACED;
}

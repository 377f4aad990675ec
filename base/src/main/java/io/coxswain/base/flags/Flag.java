package io.coxswain.base.flags;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Describes the flag that a record component stands for. `httpsPort` is `--https-port` unless it
/// is named otherwise.
@Retention(RetentionPolicy.RUNTIME)
public @interface Flag {

    /// One sentence for `--help`.
    String value();

    /// The long name without dashes, where it is not the component's name in kebab-case.
    String name() default "";

    /// One letter, or nothing.
    String letter() default "";

    /// The value when the flag is not given, as it would be typed.
    String def() default "";

    /// The value when the flag is given without one (`--dry-run`); empty: a value is required.
    /// Booleans never need a value.
    String bare() default "";
}

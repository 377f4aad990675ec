package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// A time written with six decimals (`MicroTime`).
@Retention(RetentionPolicy.RUNTIME)
public @interface Micros {}

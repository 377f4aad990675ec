package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Written in JSON even when empty: `""`, `0`, `{}`, or `null` for a zero time or an absent list.
@Retention(RetentionPolicy.RUNTIME)
public @interface Always {}

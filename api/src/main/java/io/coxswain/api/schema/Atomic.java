package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Merged as a whole by server-side apply: one manager owns all of it.
@Retention(RetentionPolicy.RUNTIME)
public @interface Atomic {}

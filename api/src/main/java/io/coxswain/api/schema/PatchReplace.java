package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Strategic merge replaces this list although server-side apply merges it by key.
@Retention(RetentionPolicy.RUNTIME)
public @interface PatchReplace {}

package io.coxswain.api.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// Of a shape that only its users know (upstream's RawExtension): one manager owns all of it.
@Retention(RetentionPolicy.RUNTIME)
public @interface Opaque {}

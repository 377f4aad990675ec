package io.coxswain.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A record that an empty `{}` makes other than nothing does, see [Sent#isAbsent].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Told {}

package io.coxswain.apiserver.cel;

import org.jspecify.annotations.Nullable;

/// A value with named fields.
public interface Selectable {

    /// The field's value, or null where it is not set.
    @Nullable Object select(String field);

    /// The name of its type, as `type(x)` gives it.
    String typeName();
}

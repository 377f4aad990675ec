package io.coxswain.apiserver.cel;

import org.jspecify.annotations.Nullable;

/// The values of an expression's variables, found when first asked for.
@FunctionalInterface
public interface Bindings {

    /// A value as [Values] makes them, or null where the variable is not set.
    @Nullable Object find(String name);
}

package io.coxswain.apiserver.cel.functions;

import org.jspecify.annotations.Nullable;

/// What a function does with its arguments; the receiver, if any, is the first.
@FunctionalInterface
public interface Function {

    /// The result, or null when these arguments are for another overload.
    @Nullable Object call(Object[] arguments);
}

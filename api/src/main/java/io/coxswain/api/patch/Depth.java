package io.coxswain.api.patch;

import io.coxswain.api.schema.Errors;
import java.util.function.Supplier;

/// Runs a recursive function of trees; nesting too deep for the stack becomes a bad request.
///
/// Safe because the functions are pure: nothing half done is left behind.
public final class Depth {

    private Depth() {}

    public static <T> T guard(Supplier<T> work) {
        try {
            return work.get();
        } catch (StackOverflowError e) {
            throw Errors.badRequest("exceeded max depth");
        }
    }
}

package io.coxswain.api.schema;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What data cannot say about a kind: computed defaults, rules across fields, what an update may
/// change. Run by the registry in this order: `defaults`, `prepareForCreate` or `prepareForUpdate`,
/// (admission,) `validate` and `validateUpdate`, then `warnings`. All slots are pure functions.
///
/// @param defaults fills in computed defaults; applied to every object that is read from a client
/// @param prepareForCreate for example: a new object has no status, its generation is 1
/// @param prepareForUpdate (old, new): keeps what this request may not change, raises the generation
/// @param prepareForStatusUpdate (old, new): keeps all but the status
/// @param validate rules of a single object
/// @param validateUpdate rules between the stored and the new object
/// @param warnings texts for `Warning` headers
/// @param fields the selectable fields beside metadata.name and metadata.namespace, by path
/// @param subresources `status`, `scale`, … as the kind offers them
/// @param allowCreateOnUpdate PUT of a name that does not exist creates it
/// @param allowUnconditionalUpdate PUT without a resource version overwrites
/// @param graceful whether deletion waits for someone (the kubelet) to confirm it
public record Strategy<T>(
        UnaryOperator<T> defaults,
        UnaryOperator<T> prepareForCreate,
        BiFunction<T, T, T> prepareForUpdate,
        BiFunction<T, T, T> prepareForStatusUpdate,
        Check<T> validate,
        UpdateCheck<T> validateUpdate,
        Function<T, List<String>> warnings,
        Function<T, Map<String, String>> fields,
        List<String> subresources,
        boolean allowCreateOnUpdate,
        boolean allowUnconditionalUpdate,
        boolean graceful) {

    /// Reports what is wrong with an object.
    @FunctionalInterface
    public interface Check<T> {
        void check(T object, FieldErrors errors);
    }

    /// Reports what is wrong with a change.
    @FunctionalInterface
    public interface UpdateCheck<T> {
        void check(T old, T updated, FieldErrors errors);
    }
}

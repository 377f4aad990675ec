package io.coxswain.api.schema;

import java.util.function.Function;

/// How the objects of one version of a kind become those of another, and back. Nothing of an object
/// may get lost on the way there and back again.
///
/// @param <T> a version that is served
/// @param <S> the version that is stored
public record Conversion<T, S>(Function<T, S> toStored, Function<S, T> fromStored) {

    /// Of two versions of the same form.
    public static <T> Conversion<T, T> none() {
        return new Conversion<>(Function.identity(), Function.identity());
    }
}

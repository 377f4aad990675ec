package io.coxswain.apiserver.cel.functions;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.cel.Bytes;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.Unsigned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CEL's optional values. `or` and `orValue` are the planner's, because they may leave out their
/// argument.
final class OptionalFunctions {

    private OptionalFunctions() {}

    static Library library() {
        return new Library()
                .declare(
                        "optional.of(V): optional<V>",
                        "optional.ofNonZeroValue(V): optional<V>",
                        "optional.none(): optional<V>",
                        "optional<V>.value(): V",
                        "optional<V>.hasValue(): bool",
                        "optional<V>.or(optional<V>): optional<V>",
                        "optional<V>.orValue(V): V",
                        "_[?_](list<V>, int): optional<V>",
                        "_[?_](optional<list<V>>, int): optional<V>",
                        "_[?_](map<K, V>, K): optional<V>",
                        "_[?_](optional<map<K, V>>, K): optional<V>",
                        "_[_](optional<list<V>>, int): optional<V>",
                        "_[_](optional<map<K, V>>, K): optional<V>")
                .function("optional.of", a -> Optional.of(a[0]))
                .function(
                        "optional.ofNonZeroValue",
                        a -> zero(a[0]) ? Optional.empty() : Optional.of(a[0]))
                .function("optional.none", a -> Optional.empty())
                .function("value", a -> a[0] instanceof Optional<?> some ? value(some) : null)
                .function("hasValue", a -> a[0] instanceof Optional<?> x ? x.isPresent() : null);
    }

    private static Object value(Optional<?> optional) {
        if (optional.isEmpty()) {
            throw new CelFailure("optional.none() dereference");
        }
        return optional.get();
    }

    private static boolean zero(Object value) {
        return switch (value) {
            case Boolean flag -> !flag;
            case Long number -> number == 0;
            case Unsigned(var bits) -> bits == 0;
            case Double number -> number == 0;
            case String text -> text.isEmpty();
            case Bytes bytes -> bytes.size() == 0;
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case Duration length -> length.isZero();
            case Optional<?> optional -> optional.isEmpty();
            case Json.Null _ -> true;
            default -> false;
        };
    }
}

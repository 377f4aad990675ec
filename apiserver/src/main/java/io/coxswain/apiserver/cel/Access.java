package io.coxswain.apiserver.cel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looking into values: `a.b`, `a[b]`, `has(a.b)`, `a.?b`, `a[?b]`.
final class Access {

    private Access() {}

    static Object field(Object value, String name) {
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() ? optional : optionally(optional.get(), name);
        }
        var found = find(value, name);
        if (found == null) {
            throw CelFailure.noSuchKey(name);
        }
        return found;
    }

    static Object index(Object value, Object key) {
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() ? optional : optionally(optional.get(), key);
        }
        var found = find(value, key);
        if (found == null) {
            throw value instanceof List<?>
                    ? new CelFailure("index out of bounds: " + key)
                    : CelFailure.noSuchKey(key);
        }
        return found;
    }

    static boolean has(Object value, String name) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() && find(optional.get(), name) != null;
        }
        return find(value, name) != null;
    }

    static Optional<Object> optionally(Object value, Object key) {
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() ? Optional.empty() : optionally(optional.get(), key);
        }
        return Optional.ofNullable(find(value, key));
    }

    private static @Nullable Object find(Object value, Object key) {
        return switch (value) {
            case Selectable selectable when key instanceof String name -> selectable.select(name);
            case Map<?, ?> map -> Values.lookUp(map, key);
            case List<?> list -> item(list, key);
            default -> throw CelFailure.noSuchOverload();
        };
    }

    private static @Nullable Object item(List<?> list, Object key) {
        var index =
                switch (key) {
                    case Long x -> x;
                    case Unsigned(var bits) -> bits;
                    case Double x when x == Math.rint(x) -> (long) x.doubleValue();
                    default ->
                            throw new CelFailure(
                                    "unsupported index type '"
                                            + Values.typeName(key)
                                            + "' in list");
                };
        return index < 0 || index >= list.size() ? null : list.get((int) index);
    }
}

package io.coxswain.apiserver.cel;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Schema.ListType;
import io.coxswain.apiserver.cel.functions.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What values are while an expression is evaluated: `Boolean`, `Long`, [Unsigned], `Double`,
/// `String`, [Bytes], `Instant`, `Duration`, `List`, `Map`, [Selectable], `Optional`, [CelType],
/// [Json#NULL] for null, and the opaque types of the functions.
public final class Values {

    private static final DeclType.ListOf ANY_LIST =
            new DeclType.ListOf(DeclType.DYN, DeclType.UNKNOWN_SIZE);

    private Values() {}

    /// A tree without a declared type.
    public static Object of(Json json) {
        return of(json, DeclType.DYN);
    }

    /// A tree read as a declared type. What does not fit its type is read as it is.
    public static Object of(Json json, DeclType type) {
        return switch (json) {
            case Json.Obj object ->
                    type instanceof DeclType.ObjectOf known
                            ? new ObjectValue(object, known)
                            : new MapValue(object, type);
            case Json.Arr(var items) ->
                    new ListValue(items, type instanceof DeclType.ListOf list ? list : ANY_LIST);
            case Json.Str(var text) -> text(text, type);
            case Json.Int(var number) ->
                    type instanceof DeclType.Plain(var kind, var _) && kind == DeclType.Kind.DOUBLE
                            ? (Object) (double) number
                            : (Object) number;
            case Json.Real(var number) ->
                    type instanceof DeclType.Plain(var kind, var _)
                                    && kind == DeclType.Kind.INT
                                    && number == Math.rint(number)
                            ? (Object) (long) number
                            : (Object) number;
            case Json.Bool(var value) -> value;
            case Json.Null _ -> Json.NULL;
        };
    }

    private static Object text(String text, DeclType type) {
        if (!(type instanceof DeclType.Plain(var kind, var _))) {
            return text;
        }
        return switch (kind) {
            case TIMESTAMP -> Durations.timestamp(text);
            case DURATION -> Durations.parse(text);
            case BYTES -> bytes(text);
            case BOOL, INT, UINT, DOUBLE, STRING, NULL, DYN -> text;
        };
    }

    private static Object bytes(String text) {
        try {
            return new Bytes(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new CelFailure("invalid base64: " + e.getMessage());
        }
    }

    /// A value as a tree; what JSON cannot say is a [CelFailure].
    public static Json json(Object value) {
        return switch (value) {
            case Json json -> json;
            case Boolean flag -> Json.of(flag);
            case Long number -> Json.of(number);
            case Unsigned(var bits) -> Json.of(bits);
            case Double number -> new Json.Real(number);
            case String text -> Json.of(text);
            case Bytes(var bytes) -> Json.of(Base64.getEncoder().encodeToString(bytes));
            case Instant time -> Json.of(time.toString());
            case Duration duration -> Json.of(Durations.text(duration));
            case ObjectValue(var tree, var _) -> tree;
            case ObjectLiteral literal -> literal.tree();
            case List<?> list -> {
                var items = new ArrayList<Json>();
                list.forEach(item -> items.add(json(item)));
                yield new Json.Arr(items);
            }
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<String, Json>();
                map.forEach((key, item) -> fields.put(String.valueOf(key), json(item)));
                yield new Json.Obj(fields);
            }
            case Optional<?> optional -> optional.isEmpty() ? Json.NULL : json(optional.get());
            default -> throw new CelFailure("unsupported type: " + typeName(value));
        };
    }

    /// CEL's equality: numbers by value whatever their type, lists and maps item by item.
    public static boolean equal(Object a, Object b) {
        return switch (a) {
            case Number x when b instanceof Number y -> Numbers.equal(x, y);
            case Number x when b instanceof Unsigned y -> Numbers.compare(x, y) == 0;
            case Unsigned x when b instanceof Number y -> Numbers.compare(x, y) == 0;
            case List<?> x -> b instanceof List<?> y && lists(x, y);
            case Map<?, ?> x -> b instanceof Map<?, ?> y && maps(x, y);
            default -> a.equals(b);
        };
    }

    private static boolean lists(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        if (a instanceof ListValue x
                && b instanceof ListValue y
                && x.listType() != ListType.ATOMIC) {
            return x.listType() == ListType.SET ? sets(x, y) : keyed(x, y);
        }
        for (var i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Lists of type SET are equal in any order.
    private static boolean sets(ListValue a, ListValue b) {
        return a.stream().allMatch(item -> b.stream().anyMatch(other -> equal(item, other)));
    }

    /// Lists of type MAP are equal when the items of each key are.
    private static boolean keyed(ListValue a, ListValue b) {
        var byKey = new LinkedHashMap<List<Object>, Object>();
        for (var i = 0; i < b.size(); i++) {
            byKey.put(b.keysOf(i), b.get(i));
        }
        for (var i = 0; i < a.size(); i++) {
            var other = byKey.get(a.keysOf(i));
            if (other == null || !equal(a.get(i), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean maps(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (var entry : a.entrySet()) {
            var other = lookUp(b, entry.getKey());
            if (other == null || !equal(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /// The value of a key, where `1`, `1u` and `1.0` are the same key.
    public static @org.jspecify.annotations.Nullable Object lookUp(Map<?, ?> map, Object key) {
        var found = map.get(key);
        if (found != null || key instanceof String || key instanceof Boolean) {
            return found;
        }
        for (var other : Numbers.sameKeys(key)) {
            found = map.get(other);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// The size that costs are counted by: of strings, bytes, lists and maps; 1 for all else.
    public static long size(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case Bytes bytes -> bytes.size();
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case Sized sized -> sized.size();
            default -> 1;
        };
    }

    public static String typeName(Object value) {
        return switch (value) {
            case Boolean _ -> "bool";
            case Long _ -> "int";
            case Unsigned _ -> "uint";
            case Double _ -> "double";
            case String _ -> "string";
            case Bytes _ -> "bytes";
            case Instant _ -> "google.protobuf.Timestamp";
            case Duration _ -> "google.protobuf.Duration";
            case List<?> _ -> "list";
            case Map<?, ?> _ -> "map";
            case Json.Null _ -> "null_type";
            case CelType _ -> "type";
            case Optional<?> _ -> "optional_type";
            case Selectable selectable -> selectable.typeName();
            default -> value.getClass().getSimpleName();
        };
    }
}

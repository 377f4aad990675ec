package io.coxswain.api.codec;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Sent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Two versions of one object as trees, from which fields that are the same in both may be missing.
public record Difference(Json.Obj before, Json.Obj after) {

    /// What differs between two records of one class; cheap where little does.
    public static <R extends Record> Difference of(R before, R after) {
        return struct(Plan.of(before.getClass()), before, after);
    }

    /// Whether two records of one class hold the same; unlike `equals`, it looks into byte arrays.
    public static <R extends Record> boolean none(R a, R b) {
        return same(Plan.of(a.getClass()), a, b);
    }

    private static Difference struct(Plan plan, Object before, Object after) {
        var old = new LinkedHashMap<String, Json>();
        var now = new LinkedHashMap<String, Json>();
        for (var slot : plan.slots()) {
            var a = slot.component().get(before);
            var b = slot.component().get(after);
            if (b != null && slot.always() && Sent.isEmptyList(b)) {
                put(old, slot.component().json(), absent(slot, a));
                put(now, slot.component().json(), new Json.Arr(List.of()));
                continue;
            }
            if (same(slot.shape(), a, b)) {
                continue;
            }
            var name = slot.component().json();
            if (a != null && b != null && slot.shape().tag() == Shape.Tag.RECORD) {
                var below = struct(slot.shape().plan(), a, b);
                put(old, name, slot.omits(a) ? null : below.before);
                put(now, name, slot.omits(b) ? null : below.after);
            } else {
                put(old, name, slot.omits(a) ? null : TreeWriter.value(slot.shape(), a));
                put(now, name, slot.omits(b) ? null : TreeWriter.value(slot.shape(), b));
            }
        }
        return new Difference(new Json.Obj(old), new Json.Obj(now));
    }

    private static @Nullable Json absent(Plan.Slot slot, @Nullable Object list) {
        return slot.omits(list) ? null : TreeWriter.value(slot.shape(), list);
    }

    private static void put(Map<String, Json> fields, String name, @Nullable Json value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static boolean same(Plan plan, Object a, Object b) {
        for (var slot : plan.slots()) {
            if (!same(slot.shape(), slot.component().get(a), slot.component().get(b))) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // Only a short cut.
    private static boolean same(Shape shape, @Nullable Object a, @Nullable Object b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        return switch (shape.tag()) {
            case RECORD -> same(shape.plan(), a, b);
            case LIST -> same(shape.itemShape(), (List<?>) a, (List<?>) b);
            case MAP -> same(shape.itemShape(), (Map<?, ?>) a, (Map<?, ?>) b);
            case BYTES -> Arrays.equals((byte[]) a, (byte[]) b);
            case TEXT,
                    INT32,
                    INT64,
                    BOOL,
                    FLOAT64,
                    TIME,
                    MICRO_TIME,
                    QUANTITY,
                    INT_OR_STRING,
                    TREE ->
                    a.equals(b);
        };
    }

    private static boolean same(Shape item, List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (var i = 0; i < a.size(); i++) {
            if (!same(item, a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Shape item, Map<?, ?> a, Map<?, ?> b) {
        return a.size() == b.size()
                && a.entrySet().stream()
                        .allMatch(entry ->
                                b.containsKey(entry.getKey())
                                        && same(item, entry.getValue(), b.get(entry.getKey())));
    }
}
